import { Card, CardContent, CardHeader, CardTitle } from '@/components/ui/card'
import type { UserState } from '@/lib/admin/user-state'
import { CloseAccountForm } from './close-account-form'
import { UserAction } from './user-action'

/** What an admin can do to the account of a user; nothing once it is closed. */
export function AccountCard({ account }: { account: UserState }) {
  const { id, email, is_banned: isBanned, is_admin: isAdmin, closed_at: closedAt } = account
  if (closedAt) return null
  return (
    <Card>
      <CardHeader>
        <CardTitle>Account</CardTitle>
      </CardHeader>
      <CardContent className="flex flex-wrap gap-2">
        {!isAdmin && (
          <UserAction
            userId={id}
            path="/api/admin/users/view"
            label="View as"
            title="View the app as this user"
            description={`You see what ${email} sees, read only, for half an hour. The audit log says that you did.`}
            confirm="View as"
            done="You see the app as this user"
            next={`/admin/users/${id}/view/dashboard`}
          />
        )}
        <UserAction
          userId={id}
          path="/api/admin/users/sign-out"
          label="Sign out everywhere"
          title="Sign out everywhere"
          description={`Every session of ${email} ends. They may sign in again.`}
          confirm="Sign out"
          done="Signed out everywhere"
        />
        <UserAction
          key={`role ${isAdmin}`}
          userId={id}
          path="/api/admin/users/role"
          body={{ admin: !isAdmin }}
          label={isAdmin ? 'Take admin role' : 'Make admin'}
          title={isAdmin ? 'Take the role away' : 'Make this user an admin'}
          description={
            isAdmin
              ? `${email} loses every page and right of an admin at once.`
              : `${email} may then read everything, change every balance and refund every payment.`
          }
          confirm={isAdmin ? 'Take the role away' : 'Make admin'}
          done={isAdmin ? 'No longer an admin' : 'Now an admin'}
          destructive={isAdmin}
        />
        {isBanned ? (
          <UserAction
            key="unban"
            userId={id}
            path="/api/admin/users/ban"
            body={{ banned: false }}
            label="Lift ban"
            title="Lift the ban"
            description={`${email} may sign in again.`}
            confirm="Lift ban"
            done="The ban is lifted"
          />
        ) : (
          <UserAction
            key="ban"
            userId={id}
            path="/api/admin/users/ban"
            body={{ banned: true }}
            label="Ban"
            title="Ban this user"
            description={`${email} is signed out and cannot sign in until the ban is lifted. Credits stay, and so does a plan: cancel it if it should not renew.`}
            confirm="Ban user"
            done="Banned"
            destructive
          />
        )}
        <CloseAccountForm userId={id} email={email} />
      </CardContent>
    </Card>
  )
}
