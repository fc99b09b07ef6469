import { Badge } from '@/components/ui/badge'
import type { UserState } from '@/lib/admin/user-state'

/** What sets a user apart from most: a role, a debt, an account that cannot be used. */
export function UserBadges({ user: { closed_at, is_banned, is_admin, wallets } }: { user: UserState }) {
  return (
    <>
      {is_admin && <Badge>Admin</Badge>}
      {wallets.some(({ debt }) => debt > 0) && <Badge variant="warning">Debt</Badge>}
      {is_banned && <Badge variant="destructive">Banned</Badge>}
      {closed_at && <Badge variant="outline">Closed</Badge>}
    </>
  )
}
