import { type Html, html } from '../html.ts'
import { layout } from '../layout.ts'
import { longDate } from '../money.ts'
import { action, badge } from '../parts.ts'

/** What a customer may do with a subscription. */
export type PortalAction = 'cancel' | 'resume' | 'card'

export type PortalSubscription = {
  id: string
  name: string
  status: string
  /** With its rhythm: `$29.00 per month`. */
  price: string
  /** What is to come, in words. */
  note: string
  choices: readonly PortalAction[]
}
export type PortalPayment = {
  amount: string
  status: string
  /** What was given back, if anything was: `partial refund`. */
  refund: string | null
  name: string
  at: string
  invoiceUrl: string | null
}
export type PortalView = {
  email: string
  subscriptions: readonly PortalSubscription[]
  payments: readonly PortalPayment[]
}

const LABELS: Record<PortalAction, string> = { cancel: 'Cancel', resume: 'Resume', card: 'Change card' }

type Place = { token: string; returnUrl: string | null; provider?: string | undefined }

/** What a customer has and has paid, the oldest first, with the way to end a subscription and to take that back. */
export function portalPage(
  { email, subscriptions, payments }: PortalView,
  { token, returnUrl, provider }: Place,
): Html {
  return layout(
    'Customer portal',
    html`<main class="narrow">
${returnUrl && html`<div><a class="back" href="${returnUrl}"><span aria-hidden="true">←</span> Back to merchant</a></div>`}
<div><h1>Subscriptions and payments</h1><p class="muted">${email}</p></div>
<section class="stack" aria-labelledby="subscriptions"><h2 id="subscriptions">Subscriptions</h2>
${
  subscriptions.length === 0
    ? html`<p class="panel empty">You have no subscription.</p>`
    : html`<ul class="panel rows">${subscriptions.toReversed().map((item) => subscriptionRow(item, token))}</ul>`
}</section>
<section class="stack" aria-labelledby="payments"><h2 id="payments">Payments</h2>
${
  payments.length === 0
    ? html`<p class="panel empty">You have paid nothing yet.</p>`
    : html`<ul class="panel rows tight">${payments.toReversed().map(paymentRow)}</ul>`
}</section>
</main>`,
    '',
    provider,
  )
}

function subscriptionRow(
  { id, name, status, price, note, choices }: PortalSubscription,
  token: string,
): Html {
  return html`<li>
<div class="what"><p><strong>${name}</strong> ${badge(status)}</p>
<p class="muted small">${price}</p>
<p class="muted small">${note}</p></div>
<div class="does">${choices.map((choice) =>
    action({
      to: `/portal/${token}/subscriptions/${id}`,
      label: LABELS[choice],
      name,
      values: { action: choice },
    }),
  )}</div>
</li>`
}

function paymentRow({ amount, status, refund, name, at, invoiceUrl }: PortalPayment): Html {
  return html`<li>
<div class="what"><p><strong class="number">${amount}</strong> ${badge(status)} ${refund && badge(refund)}</p>
<p class="muted small">${name} · ${longDate(at)}</p></div>
${invoiceUrl && html`<div class="does"><a class="button" href="${invoiceUrl}" aria-label="Invoice of ${longDate(at)}">Invoice</a></div>`}
</li>`
}

export function missingPortalPage(provider?: string): Html {
  return layout(
    'Not found',
    html`<main class="outcome"><h1>This link has expired</h1>
<p class="muted">Open the portal again from the merchant’s page.</p></main>`,
    '',
    provider,
  )
}
