import { ToolPageSkeleton } from '@/components/credits/tool-page-skeleton'

export default function ToolLoading() {
  return <ToolPageSkeleton />
}
