import { ListSkeleton } from '@/components/admin/list-skeleton'
import { HEADING } from './heading'

export default function PaymentsLoading() {
  return <ListSkeleton heading={HEADING} fields={5} />
}
