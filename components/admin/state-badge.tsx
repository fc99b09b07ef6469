import { NamedBadge } from '@/components/ui/named-badge'

/** What payments, refunds, disputes, subscriptions and events may be, in words and in a color that says how bad it is. */
const LOOKS = {
  pending: { label: 'Pending', variant: 'secondary' },
  processing: { label: 'Processing', variant: 'secondary' },
  succeeded: { label: 'Succeeded', variant: 'default' },
  failed: { label: 'Failed', variant: 'destructive' },
  cancelled: { label: 'Cancelled', variant: 'outline' },
  abandoned: { label: 'Abandoned', variant: 'outline' },
  refunded: { label: 'Refunded', variant: 'warning' },
  partly_refunded: { label: 'Partly refunded', variant: 'warning' },
  disputed: { label: 'Disputed', variant: 'destructive' },
  dispute_lost: { label: 'Dispute lost', variant: 'destructive' },
  requested: { label: 'Requested, no answer yet', variant: 'warning' },
  review: { label: 'In review', variant: 'warning' },
  opened: { label: 'Opened', variant: 'destructive' },
  challenged: { label: 'Challenged', variant: 'destructive' },
  won: { label: 'Won', variant: 'default' },
  lost: { label: 'Lost', variant: 'destructive' },
  accepted: { label: 'Accepted', variant: 'destructive' },
  expired: { label: 'Expired', variant: 'outline' },
  active: { label: 'Active', variant: 'default' },
  past_due: { label: 'Past due', variant: 'warning' },
  on_hold: { label: 'On hold', variant: 'warning' },
  paused: { label: 'Paused', variant: 'secondary' },
  received: { label: 'Received', variant: 'warning' },
  processed: { label: 'Processed', variant: 'default' },
  ignored: { label: 'Ignored', variant: 'outline' },
} as const

/** A state in words; one this file has not heard of is shown by its name. */
export function StateBadge({ state }: { state: string }) {
  return <NamedBadge name={state} looks={LOOKS} />
}
