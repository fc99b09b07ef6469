import type { CardErrors, CardFields } from '../../dodopayments/cards.ts'
import { cardInputs } from '../../dodopayments/pages/checkout/card-inputs.ts'
import { field } from '../../dodopayments/pages/checkout/field.ts'
import { type Html, html } from '../../dodopayments/pages/html.ts'
import { STRIPE_CARDS } from '../cards.ts'

export type TypedCard = { typed?: CardFields; errors?: CardErrors }

type Form = TypedCard & {
  /** Where it is sent. */
  to: string
  title: string
  email: string
  /** What the button does. */
  submit: string
}

/** The fields of a card, and the test cards to fill them with. */
export function cardForm({ to, title, email, submit, typed, errors }: Form): Html {
  return html`<form method="post" action="${to}" class="stack" novalidate>
    <h2>${title}</h2>
    ${field({ name: 'email', label: 'E-mail', value: email, attributes: html`type="email" readonly` })}
    ${cardInputs(typed, errors)}
    <button class="primary wide" type="submit" data-busy="One moment…">${submit}</button>
  </form>
  <div class="cards">
    <h2>Test cards</h2>
    <ul>${STRIPE_CARDS.map(
      ({ number, network, label }) => html`<li>
      <span class="small"><code>${number.replaceAll(/(.{4})(?=.)/g, '$1 ')}</code><span class="muted">${network}: ${label}</span></span>
      <button type="button" data-card="${number}" aria-label="Fill in the card ending in ${number.slice(-4)}: ${label}">Fill in</button>
      </li>`,
    )}</ul>
  </div>`
}
