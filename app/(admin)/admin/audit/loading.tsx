import { ListSkeleton } from '@/components/admin/list-skeleton'
import { HEADING } from './heading'

export default function AuditLoading() {
  return <ListSkeleton heading={HEADING} fields={5} />
}
