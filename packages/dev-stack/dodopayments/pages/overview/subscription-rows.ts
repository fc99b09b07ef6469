import { RENEWAL_OUTCOMES, type SubscriptionRecord } from '../../types.ts'
import { frequency, money } from '../money.ts'
import type { SubscriptionRow } from './subscriptions-section.ts'

/** A subscription of DodoPayments as the overview shows it. */
export function toSubscriptionRow({
  subscription,
  nextRenewal,
  cardNumber,
}: SubscriptionRecord): SubscriptionRow {
  const { status, payment_frequency_count: count, payment_frequency_interval: interval } = subscription
  const price = money(subscription.recurring_pre_tax_amount, subscription.currency)
  const ending = subscription.cancel_at_next_billing_date
  const goesOn = status === 'active' || status === 'paused'
  return {
    id: subscription.subscription_id,
    status,
    price: `${price} ${frequency(count, interval)}`,
    customer: subscription.customer.email,
    product: subscription.product_id,
    cardNumber,
    next: goesOn ? { what: ending ? 'Ends' : 'Renews', at: subscription.next_billing_date } : null,
    choices: choicesOf(status, ending),
    renewal: renews(status) ? { chosen: nextRenewal, outcomes: RENEWAL_OUTCOMES } : null,
  }
}

const renews = (status: string) => ['active', 'on_hold', 'past_due'].includes(status)

function choicesOf(status: string, ending: boolean): SubscriptionRow['choices'] {
  const rest = [
    { label: 'Cancel now', to: 'cancel' },
    { label: 'Expire', to: 'expire' },
  ]
  if (status === 'active') {
    const atEnd = ending
      ? { label: 'Resume', to: 'resume' }
      : { label: 'Cancel at period end', to: 'cancel-at-period-end' }
    return [{ label: 'Renew now', to: 'renew' }, atEnd, { label: 'Pause', to: 'pause' }, ...rest]
  }
  if (status === 'paused') return [{ label: 'Unpause', to: 'unpause' }, ...rest]
  return renews(status) ? [{ label: 'Charge again', to: 'renew' }, ...rest] : []
}
