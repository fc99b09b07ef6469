import Link from 'next/link'
import { Button } from '@/components/ui/button'
import { Card, CardContent, CardHeader, CardTitle } from '@/components/ui/card'
import { listPayments } from '@/lib/admin/list-payments'
import { listSubscriptions } from '@/lib/admin/list-subscriptions'
import { parsePaymentFilter } from '@/lib/admin/payment-filter'
import { parseSubscriptionFilter } from '@/lib/admin/subscription-filter'
import { PaymentsTable } from './payments-table'
import { SubscriptionsTable } from './subscriptions-table'

const SHOWN = 5
type UserMoneyProps = { userId: string; email: string }

/** The newest payments of a user, with the way to all of them. */
export async function UserPayments({ userId, email }: UserMoneyProps) {
  const { rows } = await listPayments(parsePaymentFilter({}), userId)
  return (
    <Card className="gap-3 pb-0">
      <CardHeader className="flex items-center justify-between">
        <CardTitle>Payments</CardTitle>
        {rows.length > SHOWN && (
          <Button asChild variant="ghost" size="sm" className="-my-1.5 -mr-3 text-muted-foreground">
            <Link href={{ pathname: '/admin/payments', query: { q: email } }}>All payments</Link>
          </Button>
        )}
      </CardHeader>
      {rows.length > 0 ? (
        <PaymentsTable payments={rows.slice(0, SHOWN)} ofOneUser />
      ) : (
        <CardContent className="pb-5 text-muted-foreground text-sm">
          No checkout was opened so far.
        </CardContent>
      )}
    </Card>
  )
}

/** The subscriptions of a user, newest first; nothing when there never was one. */
export async function UserSubscriptions({ userId }: { userId: string }) {
  const { rows } = await listSubscriptions(parseSubscriptionFilter({}), userId)
  if (rows.length === 0) return null
  return (
    <Card className="gap-3 pb-0">
      <CardHeader>
        <CardTitle>Subscriptions</CardTitle>
      </CardHeader>
      <SubscriptionsTable subscriptions={rows.slice(0, SHOWN)} ofOneUser />
    </Card>
  )
}
