import Link from 'next/link'
import { Badge } from '@/components/ui/badge'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table'
import type { SubscriptionSummary } from '@/lib/admin/list-subscriptions'
import { isOver } from '@/lib/payments/ranks'
import { readFormat } from '@/lib/reader/read-reader'
import { StateBadge } from './state-badge'

type SubscriptionsTableProps = {
  subscriptions: readonly SubscriptionSummary[]
  /** Whether they are all of one user, who then need not be named. */
  ofOneUser?: boolean
}

/** Subscriptions, newest first; each row leads to its payments. */
export async function SubscriptionsTable({ subscriptions, ofOneUser = false }: SubscriptionsTableProps) {
  const { formatDate, timeZone } = await readFormat()
  return (
    <Table>
      <TableHeader>
        <TableRow className="hover:bg-transparent">
          <TableHead>Plan</TableHead>
          <TableHead className="max-sm:pr-5 max-sm:text-right">State</TableHead>
          <TableHead className="text-right max-lg:pr-5 max-sm:hidden">{`Period (${timeZone})`}</TableHead>
          {!ofOneUser && <TableHead className="text-right max-lg:hidden">Since</TableHead>}
        </TableRow>
      </TableHeader>
      <TableBody>
        {subscriptions.map((subscription) => (
          <TableRow key={subscription.id} className="relative">
            <TableCell className="w-full max-w-0">
              {/* The link covers the whole row, the user's stands above it. */}
              <Link
                href={{ pathname: '/admin/payments', query: { q: subscription.provider_subscription_id } }}
                className="block truncate py-0.5 font-medium after:absolute after:inset-0"
              >
                {subscription.package_name}
              </Link>
              {!ofOneUser && (
                <Link
                  href={`/admin/users/${subscription.user_id}`}
                  className="relative z-10 block w-fit max-w-full truncate py-1 pointer-coarse:py-3.5 text-muted-foreground text-xs underline-offset-4 hover:underline"
                >
                  {subscription.email}
                </Link>
              )}
              <span className="block whitespace-normal text-xs sm:hidden">
                <Period subscription={subscription} />
              </span>
            </TableCell>
            <TableCell className="max-sm:max-w-40 max-sm:pr-5 max-sm:*:justify-end max-sm:[&_[data-slot=badge]+[data-slot=badge]]:shrink max-sm:[&_[data-slot=badge]+[data-slot=badge]]:whitespace-normal">
              <SubscriptionState subscription={subscription} />
            </TableCell>
            <TableCell className="text-right max-lg:pr-5 max-sm:hidden">
              <Period subscription={subscription} />
            </TableCell>
            {!ofOneUser && (
              <TableCell className="figures text-right text-muted-foreground max-lg:hidden">
                {formatDate(subscription.created_at)}
              </TableCell>
            )}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}

type RowProps = { subscription: SubscriptionSummary }

async function Period({ subscription: { current_period_start, current_period_end } }: RowProps) {
  const { formatDate } = await readFormat()
  if (!current_period_start || !current_period_end)
    return <span className="text-muted-foreground">None yet</span>
  return (
    <span className="figures text-muted-foreground">
      {formatDate(current_period_start)} – {formatDate(current_period_end)}
    </span>
  )
}

function SubscriptionState({ subscription }: RowProps) {
  const { status, trial, surplus, cancel_at_period_end, scheduled_package_name } = subscription
  return (
    <span className="flex flex-wrap gap-1">
      <StateBadge state={status} />
      {trial && <Badge variant="secondary">Trial</Badge>}
      {surplus && (
        <Badge variant={surplus === 'open' ? 'destructive' : 'outline'}>
          {surplus === 'open' ? 'Second plan, being refunded' : 'Second plan, refunded'}
        </Badge>
      )}
      {cancel_at_period_end && !isOver(status) && <Badge variant="warning">Ends with the period</Badge>}
      {scheduled_package_name && <Badge variant="outline">Then {scheduled_package_name}</Badge>}
    </span>
  )
}
