import { ListSkeleton } from '@/components/admin/list-skeleton'

export default function SubscriptionsLoading() {
  return <ListSkeleton fields={3} />
}
