import { ListSkeleton } from '@/components/admin/list-skeleton'

export default function UsersLoading() {
  return <ListSkeleton fields={5} action />
}
