import { Badge } from '@/components/ui/badge'
import type { PaymentSummary } from '@/lib/admin/list-payments'
import { StateBadge } from './state-badge'

type PaymentStateProps = { payment: Pick<PaymentSummary, 'state' | 'refund_pending'> }

/** How a payment stands all in all, refunds and disputes included. */
export function PaymentState({ payment: { state, refund_pending } }: PaymentStateProps) {
  return (
    <>
      <StateBadge state={state} />
      {refund_pending && <Badge variant="warning">Refund pending</Badge>}
    </>
  )
}
