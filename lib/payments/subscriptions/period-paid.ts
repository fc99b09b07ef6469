import 'server-only'
import type { SubscriptionUpdate } from '@/lib/payments/events/payment-event'
import type { ListedPayment, PaymentProvider } from '@/lib/payments/provider'
import { DAY_MS, HOUR_MS } from '@/lib/time'

/**
 * Whether the current period of a subscription was paid: somebody was charged for it, more than nothing, when it began.
 * A snapshot does not say so itself; only then may its credits be granted. A trial is never paid.
 */
export async function isPeriodPaid(
  provider: PaymentProvider,
  subscription: SubscriptionUpdate,
): Promise<boolean> {
  if (subscription.trial) return false
  const subscriptionId = subscription.subscription_id
  const start = Date.parse(subscription.period_start)
  const around = { since: new Date(start - HOUR_MS), until: new Date(start + DAY_MS) }
  for await (const payment of provider.listPayments({ ...around, subscriptionId })) {
    if (paysFor(payment, subscription)) return true
  }
  return false
}

/** Whether a charge began the current period. Differences of plan changes and free trials begin none. */
export function paysFor(
  payment: Pick<ListedPayment, 'subscription_id' | 'status' | 'amount' | 'charged_at'>,
  { subscription_id, period_start, trial }: SubscriptionUpdate,
): boolean {
  const late = Date.parse(payment.charged_at) - Date.parse(period_start)
  return (
    !trial &&
    payment.subscription_id === subscription_id &&
    payment.status === 'succeeded' &&
    payment.amount > 0 &&
    late >= -HOUR_MS &&
    late <= DAY_MS
  )
}
