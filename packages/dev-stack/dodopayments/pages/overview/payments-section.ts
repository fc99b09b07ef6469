import { DISPUTE_OUTCOMES, isUndecided } from '../../disputes.ts'
import { refundableLines } from '../../refunds.ts'
import type { Sandbox } from '../../sandbox.ts'
import type { DodoPayments, SandboxState } from '../../types.ts'
import { type Html, html } from '../html.ts'
import { money } from '../money.ts'
import { action, badge, time } from '../parts.ts'
import { section } from './section.ts'

/** Payments with what became of them, and the ways to give them back. */
export const paymentsSection = ({ store: { state } }: Sandbox) =>
  section({
    id: 'payments',
    title: 'Payments',
    items: Object.values(state.payments),
    row: (payment) => paymentRow(state, payment),
    empty: 'Nothing has been paid yet. Start a checkout in the app.',
  })

function paymentRow(state: SandboxState, payment: DodoPayments.Payment): Html {
  const { payment_id: id, currency } = payment
  const products = payment.product_cart?.map(({ product_id }) => product_id).join(', ')
  const refunds = Object.values(state.refunds)
    .map(({ refund }) => refund)
    .filter(({ payment_id }) => payment_id === id)
  const disputes = Object.values(state.disputes).filter(({ payment_id }) => payment_id === id)
  return html`<div class="what">
<p class="head"><strong class="number">${money(payment.total_amount, currency)}</strong> ${badge(payment.status ?? 'unknown')} ${time(payment.created_at)}</p>
<p class="muted small">${payment.customer.email} · ${products || 'new card'} · •••• ${payment.card_last_four}</p>
<p class="muted small"><code>${id}</code></p>
${refunds.map((refund) => html`<p class="small part">${money(refund.amount ?? 0, currency)} refund ${badge(refund.status)}</p>`)}
${disputes.map((dispute) => disputePart(dispute))}
</div>
${payment.status === 'succeeded' && payment.total_amount > 0 && html`<div class="does few">${refundForm(state, payment)}${disputeButton(payment, disputes)}</div>`}${payment.status === 'processing' && html`<div class="does few">${cancelButton(payment)}</div>`}`
}

function cancelButton({ payment_id, customer }: DodoPayments.Payment): Html {
  return action({ to: `/sandbox/payments/${payment_id}/cancel`, label: 'Cancel', name: customer.email })
}

function refundForm(state: SandboxState, payment: DodoPayments.Payment): Html | undefined {
  const left = refundableLines(state, payment).reduce((sum, { refundable }) => sum + refundable, 0)
  if (left === 0) return undefined
  const name = `${money(left, payment.currency)} of ${payment.customer.email}`
  return action({
    to: `/sandbox/payments/${payment.payment_id}/refund`,
    label: 'Refund',
    name,
    fields: html`<input class="short" name="amount" inputmode="numeric" placeholder="${left}" aria-label="Minor units to refund; all when empty">`,
  })
}

function disputeButton(
  { payment_id, customer }: DodoPayments.Payment,
  disputes: DodoPayments.GetDispute[],
): Html | undefined {
  if (disputes.some(isUndecided)) return undefined
  return action({ to: `/sandbox/payments/${payment_id}/dispute`, label: 'Dispute', name: customer.email })
}

function disputePart(dispute: DodoPayments.GetDispute): Html {
  const status = dispute.dispute_status.replace('dispute_', '')
  const outcomes = DISPUTE_OUTCOMES.filter((outcome) => outcome !== status)
  return html`<div class="small part">${money(Number(dispute.amount), dispute.currency)} dispute ${badge(status)}
${
  isUndecided(dispute) &&
  action({
    to: `/sandbox/disputes/${dispute.dispute_id}`,
    label: 'Decide',
    fields: html`<select name="outcome" aria-label="How the dispute goes on">${outcomes.map((outcome) => html`<option>${outcome}</option>`)}</select>`,
  })
}</div>`
}
