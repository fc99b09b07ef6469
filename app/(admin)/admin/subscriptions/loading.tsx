import { ListSkeleton } from '@/components/admin/list-skeleton'
import { HEADING } from './heading'

export default function SubscriptionsLoading() {
  return <ListSkeleton heading={HEADING} fields={3} />
}
