import { NamedBadge } from '@/components/ui/named-badge'

const LOOKS = {
  signup_bonus: { label: 'Welcome bonus', variant: 'default' },
  promotion: { label: 'Promotion', variant: 'default' },
  purchase: { label: 'Purchase', variant: 'default' },
  subscription_grant: { label: 'Subscription', variant: 'default' },
  deduction: { label: 'Spent', variant: 'secondary' },
  refund: { label: 'Refund', variant: 'outline' },
  admin_adjustment: { label: 'Adjustment', variant: 'warning' },
  clawback: { label: 'Taken back', variant: 'warning' },
  clawback_reversal: { label: 'Given back', variant: 'default' },
  debt_repayment: { label: 'Debt repaid', variant: 'warning' },
  expiry: { label: 'Expired', variant: 'outline' },
} as const

/** The type of a ledger row in words; one this file has not heard of is shown by its name. */
export function TransactionTypeBadge({ type }: { type: string }) {
  return <NamedBadge name={type} looks={LOOKS} />
}
