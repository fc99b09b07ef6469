import { type Html, html } from '../../dodopayments/pages/html.ts'
import { overviewLayout } from '../../dodopayments/pages/overview/overview-page.ts'
import { section } from '../../dodopayments/pages/overview/section.ts'
import {
  type SubscriptionRow,
  subscriptionsSection,
} from '../../dodopayments/pages/overview/subscriptions-section.ts'
import { action, badge } from '../../dodopayments/pages/parts.ts'
import { DISPUTE_OUTCOMES } from '../disputes.ts'
import { refundedOf } from '../refunds.ts'
import {
  type PaymentIntent,
  RENEWAL_OUTCOMES,
  type StripeSandbox,
  type StripeState,
  type SubscriptionRecord,
} from '../sandbox.ts'
import { itemOf } from '../subscriptions/period.ts'
import { amountText, PROVIDER, rhythmText } from './page.ts'

const LIVE = ['active', 'trialing']

/** For the developer: what happened, and what a buyer's bank, time or the dashboard can do about it. */
export function overviewPage(sandbox: StripeSandbox, refused: string | null): Html {
  const { state } = sandbox.store
  return overviewLayout({
    sandbox,
    payments: section({
      id: 'payments',
      title: 'Payments',
      items: Object.values(state.intents),
      row: (intent) => paymentRow(state, intent),
      empty: 'Nothing has been paid yet. Start a checkout in the app.',
    }),
    subscriptions: subscriptionsSection(
      Object.values(state.subscriptions).map((record) => toSubscriptionRow(state, record)),
    ),
    refused,
    provider: PROVIDER,
  })
}

function paymentRow(state: StripeState, intent: PaymentIntent): Html {
  const { id, amount, currency, status, customer } = intent
  const email = state.customers[String(customer)]?.email ?? ''
  const isPaid = status === 'succeeded'
  const left = amount - refundedOf(state, intent)
  const dispute = Object.values(state.disputes).find(({ payment_intent }) => payment_intent === id)
  const base = `/sandbox/payments/${id}`
  return html`<div class="what">
<p class="head"><strong class="number">${amountText(amount, currency)}</strong> ${badge(status)}</p>
<p class="muted small">${email}</p>
<p class="muted small"><code>${id}</code></p>
${left < amount && html`<p class="small part">${amountText(amount - left, currency)} refunded</p>`}
${dispute && disputePart(dispute)}
</div>
<div class="does few">
${isPaid && left > 0 && action({ to: `${base}/refund`, label: 'Refund', name: email })}
${isPaid && !dispute && action({ to: `${base}/dispute`, label: 'Dispute', name: email })}
</div>`
}

function disputePart({ id, amount, currency, status }: StripeState['disputes'][string]): Html {
  return html`<div class="small part">${amountText(amount, currency)} dispute ${badge(status)}
${action({
  to: `/sandbox/disputes/${id}`,
  label: 'Decide',
  fields: html`<select name="status" aria-label="How the dispute goes on">${DISPUTE_OUTCOMES.map((outcome) => html`<option>${outcome}</option>`)}</select>`,
})}</div>`
}

function toSubscriptionRow(state: StripeState, record: SubscriptionRecord): SubscriptionRow {
  const { id, status, customer, cancel_at_period_end: ending } = record.subscription
  const { price, current_period_end } = itemOf(record)
  const at = new Date(current_period_end * 1000).toISOString()
  const renews = ['active', 'trialing', 'past_due', 'unpaid'].includes(status)
  return {
    id,
    status,
    price: `${amountText(price.unit_amount, price.currency)}${rhythmText(price)}`,
    customer: state.customers[String(customer)]?.email ?? '',
    product: String(price.product),
    cardNumber: record.cardNumber,
    next: LIVE.includes(status) ? { what: ending ? 'Ends' : 'Renews', at } : null,
    choices: renews ? choicesOf(status, ending) : [],
    renewal: renews ? { chosen: record.nextRenewal, outcomes: RENEWAL_OUTCOMES } : null,
  }
}

function choicesOf(status: string, ending: boolean): SubscriptionRow['choices'] {
  const end = { label: 'Cancel now', to: 'cancel' }
  if (!LIVE.includes(status)) return [{ label: 'Charge again', to: 'renew' }, end]
  const atEnd = ending
    ? { label: 'Resume', to: 'resume' }
    : { label: 'Cancel at period end', to: 'cancel-at-period-end' }
  return [{ label: 'Renew now', to: 'renew' }, atEnd, end]
}
