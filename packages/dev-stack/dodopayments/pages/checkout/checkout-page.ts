import { type CardErrors, type CardFields, TEST_CARDS } from '../../cards.ts'
import type { CheckoutSession, DodoPayments } from '../../types.ts'
import { type Html, html } from '../html.ts'
import { layout } from '../layout.ts'
import { money } from '../money.ts'
import { cardInputs } from './card-inputs.ts'
import { CHECKOUT_SCRIPT } from './checkout-script.ts'
import { field } from './field.ts'
import { type CartLine, cartSummary, payLabel, renewalNote } from './summary.ts'

export type CheckoutView = {
  session: CheckoutSession
  lines: CartLine[]
  /** The one that gets a new card, where the page is for that. */
  subscription?: DodoPayments.Subscription
  /** Null lets the buyer type one. */
  email: string | null
  typed?: CardFields & { email: string }
  errors?: CardErrors & { email?: string }
  decline?: { message: string; returnUrl: string | null }
}

/** The hosted page where a buyer pays, or gives a subscription a new card. */
export function checkoutPage(view: CheckoutView): Html {
  const { session, lines, subscription } = view
  const content = html`<main class="checkout">
<section class="summary"><div class="stack">
  ${session.cancelUrl && html`<div><a class="back" href="${session.cancelUrl}"><span aria-hidden="true">←</span> Back</a></div>`}
  ${subscription ? newCardSummary(session) : cartSummary(session, lines)}
</div></section>
<section class="payment"><div>
  ${declineNotice(view)}
  ${cardForm(view)}
  <div class="cards">
    <h2>Test cards</h2>
    <ul>${TEST_CARDS.map(
      ({ number, network, label }) => html`<li>
      <span class="small"><code>${number.replaceAll(/(.{4})(?=.)/g, '$1 ')}</code><span class="muted">${network}: ${label}</span></span>
      <button type="button" data-card="${number}" aria-label="Fill in the card ending in ${number.slice(-4)}: ${label}">Fill in</button>
      </li>`,
    )}</ul>
  </div>
</div></section>
</main>`
  return layout(subscription ? 'New card' : 'Checkout', content, CHECKOUT_SCRIPT)
}

function cardForm({ session, lines, subscription, email, typed, errors }: CheckoutView): Html {
  return html`<form method="post" class="stack" novalidate>
    <h2>${subscription ? 'New card' : 'Pay by card'}</h2>
    ${field({
      name: 'email',
      label: 'E-mail',
      value: email ?? typed?.email,
      error: errors?.email,
      attributes: html`type="email" autocomplete="email" placeholder="you@example.com" ${email && html`readonly`}`,
    })}
    ${cardInputs(typed, errors)}
    <button class="primary wide" type="submit" data-busy="One moment…">${subscription && session.total === 0 ? 'Save card' : payLabel(session)}</button>
    ${renewalNote(session, lines)}
  </form>`
}

function newCardSummary({ total, currency }: CheckoutSession): Html {
  return html`<h1>Change the card of your subscription</h1>
  <p class="muted">${
    total > 0
      ? `Today it pays ${money(total, currency)} for the period that could not be charged.`
      : 'Nothing is charged today. Renewals use the new card.'
  }</p>`
}

function declineNotice({ session, decline }: CheckoutView): Html | undefined {
  if (!decline) return undefined
  return html`<div class="notice bad" role="alert" style="margin-bottom: 24px">
    <p><strong>${decline.message}</strong> Nothing was charged.</p>
    <div class="actions">
      <a class="button" href="/session/${session.id}">Try another card</a>
      ${decline.returnUrl && html`<a class="button" href="${decline.returnUrl}">Return to merchant</a>`}
    </div>
  </div>`
}
