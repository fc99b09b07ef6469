import { ListSkeleton } from '@/components/admin/list-skeleton'

export default function WebhooksLoading() {
  return <ListSkeleton fields={3} />
}
