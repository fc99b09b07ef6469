import type { CardErrors, CardFields } from '../../cards.ts'
import { type Html, html } from '../html.ts'
import { field } from './field.ts'

/** Where a buyer types a card, with what was typed before and what is wrong with it. The code of a card is never sent back. */
export function cardInputs(typed?: CardFields, errors?: CardErrors): Html {
  return html`${field({
    name: 'number',
    label: 'Card number',
    value: typed?.number,
    error: errors?.number,
    attributes: html`inputmode="numeric" autocomplete="cc-number" placeholder="1234 1234 1234 1234" maxlength="23"`,
  })}
    <div class="pair">
      ${field({
        name: 'expiry',
        label: 'Expiry',
        value: typed?.expiry,
        error: errors?.expiry,
        attributes: html`inputmode="numeric" autocomplete="cc-exp" placeholder="MM/YY" maxlength="7"`,
      })}
      ${field({
        name: 'cvc',
        label: 'CVC',
        value: '',
        error: errors?.cvc,
        attributes: html`inputmode="numeric" autocomplete="cc-csc" placeholder="123" maxlength="4"`,
      })}
    </div>`
}
