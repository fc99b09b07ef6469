import type { Sandbox } from '../sandbox.ts'
import type { Delivery, DodoPayments } from '../types.ts'
import { type Html, html } from './html.ts'
import { layout } from './layout.ts'
import { money } from './money.ts'

const SHOWN = 100

/** What was paid and what was delivered, newest first; keeps itself fresh. */
export function overviewPage({ store, webhooks, options }: Sandbox): Html {
  const payments = Object.values(store.state.payments).reverse().slice(0, SHOWN)
  const deliveries = webhooks.list().reverse().slice(0, SHOWN)
  return layout(
    'Overview',
    html`<main class="overview" id="overview">
<div><h1>Payments and webhooks</h1>
<p class="muted small">Webhooks go to <code>${options.webhookUrl}</code></p></div>
<section class="stack"><h2>Payments</h2><div class="table">${paymentTable(payments)}</div></section>
<section class="stack"><h2>Webhook deliveries</h2><div class="table">${deliveryTable(deliveries)}</div></section>
</main>`,
    REFRESH_SCRIPT,
  )
}

function paymentTable(payments: DodoPayments.Payment[]): Html {
  if (payments.length === 0)
    return html`<p class="empty">Nothing has been paid yet. Start a checkout in the app.</p>`
  return html`<table>
<thead><tr><th>Payment</th><th>Status</th><th class="amount">Amount</th><th>Customer</th><th>Card</th><th>Created</th></tr></thead>
<tbody>${payments.map(
    (payment) => html`<tr>
<td><code>${payment.payment_id}</code></td>
<td>${badge(payment.status ?? 'unknown')}</td>
<td class="amount">${money(payment.total_amount, payment.currency)}</td>
<td>${payment.customer.email}</td>
<td class="number">•••• ${payment.card_last_four}</td>
<td class="number">${time(payment.created_at)}</td>
</tr>`,
  )}</tbody></table>`
}

function deliveryTable(deliveries: Delivery[]): Html {
  if (deliveries.length === 0) return html`<p class="empty">Nothing has been sent yet.</p>`
  return html`<table>
<thead><tr><th>Event</th><th>Status</th><th>Last answer</th><th>Created</th><th></th></tr></thead>
<tbody>${deliveries.map(
    (delivery) => html`<tr>
<td>${delivery.type}<br><code class="muted">${delivery.id}<br>${delivery.object.id}</code></td>
<td>${badge(delivery.status)}</td>
<td class="wrap">${lastAnswer(delivery)}</td>
<td class="number">${time(delivery.createdAt)}</td>
<td><form method="post" action="/sandbox/deliveries/${delivery.id}/resend"><button>Send again</button></form></td>
</tr>`,
  )}</tbody></table>`
}

function lastAnswer({ attempts, nextAttemptAt }: Delivery): Html {
  const last = attempts.at(-1)
  const next =
    nextAttemptAt && html`<br><span class="muted">Next attempt at ${nextAttemptAt.slice(11, 19)}</span>`
  if (!last) return html`<span class="muted">Not sent yet</span>${next}`
  const count = attempts.length > 1 && ` after ${attempts.length} attempts`
  return html`${last.status ?? 'No answer'}${count}${last.error && html`<br><span class="muted">${last.error.slice(0, 160)}</span>`}${next}`
}

const badge = (status: string) => html`<span class="badge ${status}">${status}</span>`
const time = (iso: string) => html`<time datetime="${iso}">${iso.slice(0, 19).replace('T', ' ')}</time>`

const REFRESH_SCRIPT = `
setInterval(async () => {
  if (document.hidden) return
  const answer = await fetch('/', { headers: { accept: 'text/html' } }).catch(() => null)
  if (!answer?.ok) return
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('overview')
  const shown = document.getElementById('overview')
  if (fresh && fresh.innerHTML !== shown.innerHTML) shown.replaceWith(fresh)
}, 2000)
`
