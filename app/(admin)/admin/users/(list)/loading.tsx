import { ListSkeleton } from '@/components/admin/list-skeleton'
import { HEADING } from './heading'

export default function UsersLoading() {
  return <ListSkeleton heading={HEADING} fields={5} action />
}
