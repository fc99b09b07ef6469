import type { Route } from 'next'
import Link from 'next/link'
import { Card } from '@/components/ui/card'
import { readOverview } from '@/lib/admin/read-overview'
import { formatCredits } from '@/lib/format'
import { providerNames } from '@/lib/payments'
import { cn } from '@/lib/utils'

/** What needs attention, counted; each count leads to its list. */
export async function OverviewCards() {
  const overview = await readOverview()
  return (
    <ul className="grid gap-4 sm:grid-cols-2">
      <Waiting
        href="/admin/webhooks?status=failed"
        count={overview.failedEvents}
        label="Events we couldn't process"
        note="Look at the error, then replay the event."
      />
      <Waiting
        href="/admin/webhooks?status=review"
        count={overview.overlappingPeriods}
        label="Overlapping paid periods"
        note="They granted nothing. Check whether each was charged, then replay its event to close the review."
      />
      <Waiting
        href="/admin/subscriptions?surplus=open"
        count={overview.secondPlans}
        label="Second plans"
        note={`Started while their owner had one. They are ended and refunded automatically; one that stays needs both at ${providerNames()}.`}
      />
      <Waiting
        href="/admin/payments?status=disputed"
        count={overview.openDisputes}
        label="Open disputes"
        note={`Respond at ${providerNames()}. Until then, their credits stay taken back.`}
      />
      <Waiting
        href="/admin/payments?status=undecided"
        count={overview.undecidedPayments}
        label="Unresolved for over an hour"
        note="Payments without a result, including abandoned checkouts."
      />
      <Waiting
        href="/admin/payments?status=refund_pending"
        count={overview.unansweredRefunds}
        label="Refunds awaiting confirmation"
        note={`Requested and not yet confirmed by ${providerNames()}. Reconciliation resolves them.`}
      />
    </ul>
  )
}

type WaitingProps = { href: Route; count: number; label: string; note: string }

function Waiting({ href, count, label, note }: WaitingProps) {
  return (
    <li className="grid">
      <Card className="relative gap-2 px-5 transition-colors hover:bg-accent/50">
        {/* The link covers the whole card. */}
        <Link href={href} className="w-fit text-muted-foreground text-sm after:absolute after:inset-0">
          {label}
        </Link>
        <p
          className={cn(
            'figures font-semibold text-3xl tracking-tight',
            count === 0 && 'text-muted-foreground',
          )}
        >
          {formatCredits(count)}
        </p>
        <p className="text-muted-foreground text-sm">{note}</p>
      </Card>
    </li>
  )
}
