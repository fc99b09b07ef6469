import { type Html, html } from '../html.ts'
import { action, badge, time } from '../parts.ts'
import { section } from './section.ts'

/** A subscription as the overview shows it, whichever provider it is of. */
export type SubscriptionRow = {
  id: string
  status: string
  /** With its rhythm: `$29.00 per month`. */
  price: string
  customer: string
  product: string
  cardNumber: string
  /** What its period ends with, and when; null where nothing more is to come. */
  next: { what: 'Ends' | 'Renews'; at: string } | null
  /** All that time, the bank and the customer can do to it, by the name of the control. */
  choices: readonly { label: string; to: string }[]
  /** How its next charge may end; null for one that is charged no more. */
  renewal: { chosen: string | null; outcomes: readonly string[] } | null
}

/** Subscriptions, and all that can happen to them. */
export const subscriptionsSection = (rows: readonly SubscriptionRow[]) =>
  section({
    id: 'subscriptions',
    title: 'Subscriptions',
    items: rows,
    row: toHtml,
    empty: 'Nobody has subscribed yet. Buy a plan in the app.',
  })

function toHtml({ id, status, price, next, choices, renewal, ...row }: SubscriptionRow): Html {
  const base = `/sandbox/subscriptions/${id}`
  return html`<div class="what">
<p><strong class="number">${price}</strong> ${badge(status)}</p>
<p class="muted small">${row.customer} · ${row.product} · •••• ${row.cardNumber.slice(-4)}</p>
${next && html`<p class="muted small">${next.what} ${time(next.at)}</p>`}
<p class="muted small"><code>${id}</code></p>
</div>
${
  choices.length > 0 &&
  html`<div class="does">${choices.map(({ label, to }) => action({ to: `${base}/${to}`, label, name: row.customer }))}</div>`
}
${renewal && html`<div class="next">${nextRenewalForm(base, renewal)}</div>`}`
}

function nextRenewalForm(base: string, { chosen, outcomes }: NonNullable<SubscriptionRow['renewal']>): Html {
  return action({
    to: `${base}/next-renewal`,
    label: 'Set',
    fields: html`<label class="inline">Next charge
<select name="outcome"><option value="">as the card does</option>${outcomes.map(
      (outcome) =>
        html`<option value="${outcome}" ${outcome === chosen && html`selected`}>${outcome.replaceAll('_', ' ')}</option>`,
    )}</select></label>`,
  })
}
