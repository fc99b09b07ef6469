import { ListSkeleton } from '@/components/admin/list-skeleton'

export default function PaymentsLoading() {
  return <ListSkeleton fields={5} />
}
