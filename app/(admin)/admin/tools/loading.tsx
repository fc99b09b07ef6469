import { PageHeaderSkeleton } from '@/components/layout/page-header-skeleton'
import { Skeleton } from '@/components/ui/skeleton'
import { HEADING } from './heading'

const TOOLS = ['first', 'second', 'third']

export default function AdminToolsLoading() {
  return (
    <div className="grid grid-cols-1 gap-6">
      <PageHeaderSkeleton {...HEADING} />
      {TOOLS.map((tool) => (
        <Skeleton key={tool} className="h-64 rounded-xl sm:h-48" />
      ))}
    </div>
  )
}
