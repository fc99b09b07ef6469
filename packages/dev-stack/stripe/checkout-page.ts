import type { CardErrors, CardFields } from '../dodopayments/cards.ts'
import { CHECKOUT_SCRIPT } from '../dodopayments/pages/checkout/checkout-script.ts'
import { field } from '../dodopayments/pages/checkout/field.ts'
import { type Html, html } from '../dodopayments/pages/html.ts'
import { layout } from '../dodopayments/pages/layout.ts'
import { money } from '../dodopayments/pages/money.ts'
import { STRIPE_CARDS } from './cards.ts'
import type { Session, StripeState } from './sandbox.ts'

type CheckoutView = {
  session: Session
  /** Of what is bought. */
  name: string
  email: string
  typed?: CardFields
  errors?: CardErrors
  decline?: string
}

const page = (title: string, content: Html, script?: string) => layout(title, content, script, 'Stripe')
const priceOf = ({ amount_total, currency }: Session) =>
  money(amount_total ?? 0, (currency ?? 'usd').toUpperCase())

/** The hosted page where a buyer pays. */
export function checkoutPage(view: CheckoutView): Html {
  const { session, name, decline } = view
  const content = html`<main class="checkout">
<section class="summary"><div class="stack">
  ${session.cancel_url && html`<div><a class="back" href="${session.cancel_url}"><span aria-hidden="true">←</span> Back</a></div>`}
  <div><h1>${name}</h1></div>
  <p class="total">${priceOf(session)}</p>
</div></section>
<section class="payment"><div>
  ${decline && html`<div class="notice bad" role="alert" style="margin-bottom: 24px"><p><strong>${decline}</strong> Nothing was charged.</p></div>`}
  ${cardForm(view)}
  <div class="cards">
    <h2>Test cards</h2>
    <ul>${STRIPE_CARDS.map(
      ({ number, network, label }) => html`<li>
      <span class="small"><code>${number.replaceAll(/(.{4})(?=.)/g, '$1 ')}</code><span class="muted">${network}: ${label}</span></span>
      <button type="button" data-card="${number}" aria-label="Fill in the card ending in ${number.slice(-4)}: ${label}">Fill in</button>
      </li>`,
    )}</ul>
  </div>
</div></section>
</main>`
  return page('Checkout', content, CHECKOUT_SCRIPT)
}

function cardForm({ session, email, typed, errors }: CheckoutView): Html {
  return html`<form method="post" action="/c/pay/${session.id}" class="stack" novalidate>
    <h2>Pay by card</h2>
    ${field({ name: 'email', label: 'E-mail', value: email, attributes: html`type="email" readonly` })}
    ${field({
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
    </div>
    <button class="primary wide" type="submit" data-busy="One moment…">Pay ${priceOf(session)}</button>
  </form>`
}

/** Where the buyer's bank asks whether it is them. */
export function authenticationPage(sessionId: string, card: string): Html {
  return page(
    'Your bank asks',
    html`<main class="outcome"><h1>Your bank asks whether this is you</h1>
<form method="post" action="/c/pay/${sessionId}/authenticate" class="stack">
  <input type="hidden" name="card" value="${card}">
  <button class="primary wide" name="answer" value="yes">Complete authentication</button>
  <button class="wide" name="answer" value="no">Fail authentication</button>
</form></main>`,
  )
}

/** A page that says one thing, and the way back. */
export function messagePage(title: string, text: string, back: string | null): Html {
  return page(
    title,
    html`<main class="outcome"><h1>${title}</h1><p class="muted">${text}</p>
${back && html`<a class="button primary" href="${back}">Return to merchant</a>`}</main>`,
  )
}

/** For the developer: what was paid, and what a buyer's bank or the dashboard can do about it. */
export function overviewPage({ intents, disputes }: StripeState, refused: string | null): Html {
  const payments = Object.values(intents).reverse()
  const disputeOf = (id: string) =>
    Object.values(disputes).find(({ payment_intent }) => payment_intent === id)
  return page(
    'Payments',
    html`<main class="narrow"><h1>Payments</h1>
${refused && html`<p class="notice bad" role="alert">${refused}</p>`}
<ul class="panel rows">${payments.map(({ id, amount, currency, status }) => {
      const dispute = disputeOf(id)
      return html`<li><div class="what"><code>${id}</code> ${money(amount, currency.toUpperCase())} · ${status}</div>
<div class="does">
  ${status === 'succeeded' && html`<form method="post" action="/sandbox/payments/${id}/refund"><button>Refund</button></form>`}
  ${status === 'succeeded' && !dispute && html`<form method="post" action="/sandbox/payments/${id}/dispute"><button>Dispute</button></form>`}
  ${
    dispute &&
    html`<form method="post" action="/sandbox/disputes/${dispute.id}"><select name="status" aria-label="Outcome of the dispute">
    <option value="won">won</option><option value="lost">lost</option></select><button>Decide the dispute (${dispute.status})</button></form>`
  }
</div></li>`
    })}</ul>
${payments.length === 0 && html`<p class="empty">Nothing was paid yet.</p>`}</main>`,
  )
}
