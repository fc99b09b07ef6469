import { ListSkeleton } from '@/components/admin/list-skeleton'

export default function AuditLoading() {
  return <ListSkeleton fields={5} />
}
