import { type Html, html } from '../../dodopayments/pages/html.ts'
import { layout } from '../../dodopayments/pages/layout.ts'
import { frequency, money } from '../../dodopayments/pages/money.ts'

/** Who the pages say they are of. */
export const PROVIDER = 'Stripe'

export const page = (title: string, content: Html, script?: string) =>
  layout(title, content, script, PROVIDER)

/** 3999, usd → $39.99; Stripe writes currencies in lower case. */
export const amountText = (amount: number | null, currency: string | null) =>
  money(amount ?? 0, (currency ?? 'usd').toUpperCase())

type Rhythm = { recurring: { interval: string } | null }

/** A month → ` per month`; nothing for what is bought once. */
export const rhythmText = ({ recurring }: Rhythm) =>
  recurring ? ` ${frequency(1, recurring.interval === 'year' ? 'Year' : 'Month')}` : ''

/** A page that says one thing, and the way back. */
export function messagePage(title: string, text: string, back: string | null): Html {
  return page(
    title,
    html`<main class="outcome"><h1>${title}</h1><p class="muted">${text}</p>
${back && html`<a class="button primary" href="${back}">Return to merchant</a>`}</main>`,
  )
}
