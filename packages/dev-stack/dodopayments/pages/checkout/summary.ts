import { unitPrice } from '../../catalog.ts'
import { addInterval } from '../../subscriptions/interval.ts'
import type { CheckoutSession, DodoPayments } from '../../types.ts'
import { type Html, html } from '../html.ts'
import { frequency, longDate, money } from '../money.ts'

export type CartLine = { product: DodoPayments.Product; quantity: number }

/** What is bought: the heading, the price large, and the sum. */
export function cartSummary(session: CheckoutSession, lines: readonly CartLine[]): Html {
  const { currency } = session
  return html`<div>
    <h1>${lines.map(({ product }) => product.name ?? product.product_id).join(', ')}</h1>
    <p class="muted">${lines[0]?.product.description}</p>
  </div>
  ${headline(session, lines)}
  <dl class="lines">
    ${lines.map(
      (line) => html`<div><dt>${line.product.name} <span class="muted">× ${line.quantity}</span></dt>
      <dd>${money(amountOf(line), currency)}${rhythm(line.product)}</dd></div>`,
    )}
    ${trialLine(session, lines)}
    <div class="muted"><dt>Tax</dt><dd>${money(0, currency)}</dd></div>
    <div class="sum"><dt>Total due today</dt><dd>${money(session.total, currency)}</dd></div>
  </dl>`
}

/** Says what the button does. */
export function payLabel({ total, currency, trialDays }: CheckoutSession): string {
  if (trialDays && total === 0) return 'Start free trial'
  return `Pay ${money(total, currency)}`
}

/** What the buyer agrees to, where it goes on after today. */
export function renewalNote(session: CheckoutSession, lines: readonly CartLine[]): Html | undefined {
  const line = lines.find(({ product }) => product.is_recurring)
  if (!line) return undefined
  const from = session.trialDays ? ` from ${trialEnd(session.trialDays)}` : ''
  return html`<p class="muted small">You will be charged ${money(amountOf(line), session.currency)}${rhythm(line.product)}${from} until you cancel.</p>`
}

function headline(session: CheckoutSession, lines: readonly CartLine[]): Html {
  const line = lines.find(({ product }) => product.is_recurring)
  if (!line || lines.length > 1) return html`<p class="total">${money(session.total, session.currency)}</p>`
  const price = html`${money(amountOf(line), session.currency)}<span class="per">${rhythm(line.product)}</span>`
  if (!session.trialDays) return html`<p class="total">${price}</p>`
  return html`<div><p class="total">${session.trialDays} days free</p>
  <p class="muted">Then ${price}, from ${trialEnd(session.trialDays)}</p></div>`
}

/** What the trial takes off today's sum. */
function trialLine(
  { trialDays, total, currency }: CheckoutSession,
  lines: readonly CartLine[],
): Html | undefined {
  if (!trialDays) return undefined
  const free = lines.reduce((sum, line) => sum + amountOf(line), 0) - total
  return html`<div class="muted"><dt>${trialDays} days free</dt><dd>−${money(free, currency)}</dd></div>`
}

const amountOf = ({ product, quantity }: CartLine) => unitPrice(product) * quantity

function rhythm({ price }: DodoPayments.Product): string {
  if (price.type === 'one_time_price') return ''
  return ` ${frequency(price.payment_frequency_count, price.payment_frequency_interval)}`
}

const trialEnd = (days: number) => longDate(addInterval(new Date(), days, 'Day').toISOString())
