import { CHECKOUT_SCRIPT } from '../../dodopayments/pages/checkout/checkout-script.ts'
import { type Html, html } from '../../dodopayments/pages/html.ts'
import type { SessionRecord } from '../sandbox.ts'
import { cardForm, type TypedCard } from './card-form.ts'
import { amountText, page, rhythmText } from './page.ts'

type CheckoutView = TypedCard & {
  record: SessionRecord
  /** Of what is bought. */
  name: string
  email: string
  decline?: string
}

/** The hosted page where a buyer pays. */
export function checkoutPage({ record, name, email, decline, ...typed }: CheckoutView): Html {
  const { session, price, trialDays } = record
  const total = amountText(session.amount_total, session.currency)
  const full = amountText(price.unit_amount, price.currency)
  const rhythm = rhythmText(price)
  const content = html`<main class="checkout">
<section class="summary"><div class="stack">
  ${session.cancel_url && html`<div><a class="back" href="${session.cancel_url}"><span aria-hidden="true">←</span> Back</a></div>`}
  <div><h1>${name}</h1></div>
  <p class="total">${trialDays > 0 ? `${trialDays} days free` : html`${full}${rhythm && html`<span class="per">${rhythm}</span>`}`}</p>
</div></section>
<section class="payment"><div>
  ${decline && html`<div class="notice bad" role="alert" style="margin-bottom: 24px"><p><strong>${decline}</strong> Nothing was charged.</p></div>`}
  ${cardForm({ to: `/c/pay/${session.id}`, title: 'Pay by card', email, submit: trialDays > 0 ? 'Start free trial' : `Pay ${total}`, ...typed })}
  ${rhythm && html`<p class="muted small">You will be charged ${full}${rhythm}${trialDays > 0 && ` after ${trialDays} days`} until you cancel.</p>`}
</div></section>
</main>`
  return page('Checkout', content, CHECKOUT_SCRIPT)
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
