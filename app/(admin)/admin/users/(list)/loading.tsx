import { ListSkeleton } from '@/components/admin/list-skeleton'

export default function UsersLoading() {
  return <ListSkeleton />
}
