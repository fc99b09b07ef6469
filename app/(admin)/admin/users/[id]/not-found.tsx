import { UserSearchIcon } from 'lucide-react'
import Link from 'next/link'
import { PageHeader } from '@/components/page-header'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'

export default function UserNotFound() {
  return (
    <div className="grid gap-6">
      <PageHeader title="User" />
      <EmptyState
        icon={UserSearchIcon}
        title="There is no such user"
        description="The address may be incomplete, or the account was deleted."
        action={
          <Button asChild variant="outline" size="sm">
            <Link href="/admin/users">All users</Link>
          </Button>
        }
        className="rounded-xl border border-dashed"
      />
    </div>
  )
}
