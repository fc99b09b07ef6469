import type { Sandbox } from '../../sandbox.ts'
import { RENEWAL_OUTCOMES, type SubscriptionRecord } from '../../types.ts'
import { type Html, html } from '../html.ts'
import { frequency, money } from '../money.ts'
import { action, badge, time } from '../parts.ts'
import { section } from './section.ts'

/** Subscriptions, and all that time, the bank and the customer can do to them. */
export const subscriptionsSection = ({ store }: Sandbox) =>
  section({
    id: 'subscriptions',
    title: 'Subscriptions',
    items: Object.values(store.state.subscriptions),
    row: subscriptionRow,
    empty: 'Nobody has subscribed yet. Buy a plan in the app.',
  })

function subscriptionRow({ subscription, nextRenewal, cardNumber }: SubscriptionRecord): Html {
  const { status, payment_frequency_count: count, payment_frequency_interval: interval } = subscription
  const price = money(subscription.recurring_pre_tax_amount, subscription.currency)
  const ends = subscription.cancel_at_next_billing_date ? 'Ends' : 'Renews'
  return html`<div class="what">
<p><strong class="number">${price} ${frequency(count, interval)}</strong> ${badge(status)}</p>
<p class="muted small">${subscription.customer.email} · ${subscription.product_id} · •••• ${cardNumber.slice(-4)}</p>
${(status === 'active' || status === 'paused') && html`<p class="muted small">${ends} ${time(subscription.next_billing_date)}</p>`}
<p class="muted small"><code>${subscription.subscription_id}</code></p>
</div>
${choices(subscription.status).length > 0 && html`<div class="does">${buttons(subscription)}</div>`}
${renews(status) && html`<div class="next">${nextRenewalForm(subscription.subscription_id, nextRenewal)}</div>`}`
}

const renews = (status: string) => ['active', 'on_hold', 'past_due'].includes(status)

function choices(status: string): { label: string; to: string }[] {
  const pause = { label: 'Pause', to: 'pause' }
  const rest = [
    { label: 'Cancel now', to: 'cancel' },
    { label: 'Expire', to: 'expire' },
  ]
  if (status === 'active') return [{ label: 'Renew now', to: 'renew' }, pause, ...rest]
  if (status === 'paused') return [{ label: 'Unpause', to: 'unpause' }, ...rest]
  return renews(status) ? [{ label: 'Charge again', to: 'renew' }, ...rest] : []
}

function buttons({
  subscription_id: id,
  status,
  customer,
  ...subscription
}: SubscriptionRecord['subscription']) {
  const atEnd = subscription.cancel_at_next_billing_date
    ? { label: 'Resume', to: 'resume' }
    : { label: 'Cancel at period end', to: 'cancel-at-period-end' }
  const [first, ...rest] = choices(status)
  return [first, ...(status === 'active' ? [atEnd] : []), ...rest].map(
    (choice) =>
      choice &&
      action({ to: `/sandbox/subscriptions/${id}/${choice.to}`, label: choice.label, name: customer.email }),
  )
}

function nextRenewalForm(id: string, chosen: string | null): Html {
  return action({
    to: `/sandbox/subscriptions/${id}/next-renewal`,
    label: 'Set',
    fields: html`<label class="inline">Next charge
<select name="outcome"><option value="">as the card does</option>${RENEWAL_OUTCOMES.map(
      (outcome) =>
        html`<option value="${outcome}" ${outcome === chosen && html`selected`}>${outcome.replaceAll('_', ' ')}</option>`,
    )}</select></label>`,
  })
}
