import { listProducts } from '../../catalog.ts'
import type { Sandbox } from '../../sandbox.ts'
import { toPayment } from '../../shapes/payment.ts'
import type { DodoPayments, PortalSession } from '../../types.ts'
import { type Html, html } from '../html.ts'
import { layout } from '../layout.ts'
import { frequency, longDate, money } from '../money.ts'
import { action, badge } from '../parts.ts'

/** What a customer has and has paid, with the way to end a subscription and to take that back. */
export function portalPage(
  sandbox: Sandbox,
  token: string,
  { returnUrl }: PortalSession,
  customer: DodoPayments.Customer,
): Html {
  const { state } = sandbox.store
  const isTheirs = (item: { customer: DodoPayments.CustomerLimitedDetails }) =>
    item.customer.customer_id === customer.customer_id
  const subscriptions = Object.values(state.subscriptions)
    .map(({ subscription }) => subscription)
    .filter((subscription) => isTheirs(subscription) && subscription.status !== 'failed')
  const payments = Object.values(state.payments)
    .filter(isTheirs)
    .map((payment) => toPayment(state, payment))
  const names = new Map(listProducts(sandbox).map(({ product }) => [product.product_id, product.name]))
  const nameOf = (id?: string) => names.get(id ?? '') ?? id
  return layout(
    'Customer portal',
    html`<main class="narrow">
${returnUrl && html`<div><a class="back" href="${returnUrl}"><span aria-hidden="true">←</span> Back to merchant</a></div>`}
<div><h1>Subscriptions and payments</h1><p class="muted">${customer.email}</p></div>
<section class="stack" aria-labelledby="subscriptions"><h2 id="subscriptions">Subscriptions</h2>
${
  subscriptions.length === 0
    ? html`<p class="panel empty">You have no subscription.</p>`
    : html`<ul class="panel rows">${subscriptions.reverse().map((item) => subscriptionRow(item, token, nameOf(item.product_id)))}</ul>`
}</section>
<section class="stack" aria-labelledby="payments"><h2 id="payments">Payments</h2>
${
  payments.length === 0
    ? html`<p class="panel empty">You have paid nothing yet.</p>`
    : html`<ul class="panel rows tight">${payments.reverse().map((item) => paymentRow(item, nameOf(item.product_cart?.[0]?.product_id)))}</ul>`
}</section>
</main>`,
  )
}

function subscriptionRow(subscription: DodoPayments.Subscription, token: string, name?: string): Html {
  const { payment_frequency_count: count, payment_frequency_interval: interval } = subscription
  const price = money(subscription.recurring_pre_tax_amount, subscription.currency)
  return html`<li>
<div class="what"><p><strong>${name}</strong> ${badge(subscription.status)}</p>
<p class="muted small">${price} ${frequency(count, interval)}</p>
<p class="muted small">${describeStatus(subscription)}</p></div>
<div class="does">${choices(subscription).map(({ value, label }) =>
    action({
      to: `/portal/${token}/subscriptions/${subscription.subscription_id}`,
      label,
      name,
      values: { action: value },
    }),
  )}</div>
</li>`
}

function describeStatus({ status, ...subscription }: DodoPayments.Subscription): string {
  const date = longDate(subscription.next_billing_date)
  if (status === 'active') {
    return subscription.cancel_at_next_billing_date ? `Ends on ${date}` : `Renews on ${date}`
  }
  if (status === 'on_hold' || status === 'past_due') return 'The last payment failed. A new card pays it.'
  if (status === 'cancelled' && subscription.cancelled_at)
    return `Ended on ${longDate(subscription.cancelled_at)}`
  return status === 'expired' ? `Ended on ${date}` : ''
}

function choices({ status, cancel_at_next_billing_date: ending }: DodoPayments.Subscription) {
  const card = { value: 'card', label: 'Change card' }
  if (status === 'on_hold' || status === 'past_due') return [card, { value: 'cancel', label: 'Cancel' }]
  if (status !== 'active') return []
  return [card, ending ? { value: 'resume', label: 'Resume' } : { value: 'cancel', label: 'Cancel' }]
}

function paymentRow(payment: DodoPayments.Payment, name?: string): Html {
  const refunded = payment.refund_status && `${payment.refund_status} refund`
  return html`<li>
<div class="what"><p><strong class="number">${money(payment.total_amount, payment.currency)}</strong> ${badge(payment.status ?? '')} ${refunded && badge(refunded)}</p>
<p class="muted small">${name} · ${longDate(payment.created_at)}</p></div>
${payment.invoice_id && html`<div class="does"><a class="button" href="/invoice/${payment.payment_id}" aria-label="Invoice of ${longDate(payment.created_at)}">Invoice</a></div>`}
</li>`
}

export function missingPortalPage(): Html {
  return layout(
    'Not found',
    html`<main class="outcome"><h1>This link has expired</h1>
<p class="muted">Open the portal again from the merchant’s page.</p></main>`,
  )
}
