import { ListSkeleton } from '@/components/admin/list-skeleton'

export default function GiveLoading() {
  return <ListSkeleton />
}
