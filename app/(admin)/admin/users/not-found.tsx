import { UserSearchIcon } from 'lucide-react'
import { RecordNotFound } from '@/components/admin/record-not-found'

export default function UserNotFound() {
  return (
    <RecordNotFound
      icon={UserSearchIcon}
      title="User"
      description="The address may be incomplete, or the account was deleted."
      list={{ href: '/admin/users', label: 'All users' }}
    />
  )
}
