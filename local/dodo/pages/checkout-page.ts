import { type CardErrors, type CardFields, TEST_CARDS } from '../cards.ts'
import { unitPrice } from '../catalog.ts'
import type { CheckoutSession, DodoPayments } from '../types.ts'
import { CHECKOUT_SCRIPT } from './checkout-script.ts'
import { type Html, html } from './html.ts'
import { layout } from './layout.ts'
import { money } from './money.ts'

export type CheckoutView = {
  session: CheckoutSession
  lines: { product: DodoPayments.Product; quantity: number }[]
  /** Null lets the buyer type one. */
  email: string | null
  typed?: CardFields & { email: string }
  errors?: CardErrors & { email?: string }
  decline?: { message: string; returnUrl: string | null }
}

export function checkoutPage(view: CheckoutView): Html {
  const { session, lines } = view
  const total = money(session.total, session.currency)
  const content = html`<main class="checkout">
<section class="summary"><div class="stack">
  ${session.cancelUrl && html`<div><a class="back" href="${session.cancelUrl}"><span aria-hidden="true">←</span> Back</a></div>`}
  <div>
    <h1>${lines.map(({ product }) => product.name ?? product.product_id).join(', ')}</h1>
    <p class="muted">${lines[0]?.product.description}</p>
  </div>
  <p class="total">${total}</p>
  <dl class="lines">
    ${lines.map(
      ({ product, quantity }) => html`<div><dt>${product.name} <span class="muted">× ${quantity}</span></dt>
      <dd>${money(unitPrice(product) * quantity, session.currency)}</dd></div>`,
    )}
    <div class="muted"><dt>Tax</dt><dd>${money(0, session.currency)}</dd></div>
    <div class="sum"><dt>Total due today</dt><dd>${total}</dd></div>
  </dl>
</div></section>
<section class="payment"><div>
  ${declineNotice(view)}
  <form method="post" class="stack" novalidate>
    <h2>Pay by card</h2>
    ${field({
      name: 'email',
      label: 'E-mail',
      value: view.email ?? view.typed?.email,
      error: view.errors?.email,
      attributes: html`type="email" autocomplete="email" placeholder="you@example.com" ${view.email && html`readonly`}`,
    })}
    ${field({
      name: 'number',
      label: 'Card number',
      value: view.typed?.number,
      error: view.errors?.number,
      attributes: html`inputmode="numeric" autocomplete="cc-number" placeholder="1234 1234 1234 1234" maxlength="23"`,
    })}
    <div class="pair">
      ${field({
        name: 'expiry',
        label: 'Expiry',
        value: view.typed?.expiry,
        error: view.errors?.expiry,
        attributes: html`inputmode="numeric" autocomplete="cc-exp" placeholder="MM/YY" maxlength="7"`,
      })}
      ${field({
        name: 'cvc',
        label: 'CVC',
        value: '',
        error: view.errors?.cvc,
        attributes: html`inputmode="numeric" autocomplete="cc-csc" placeholder="123" maxlength="4"`,
      })}
    </div>
    <button class="primary wide" type="submit" data-busy="Paying…">Pay ${total}</button>
  </form>
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
  return layout('Checkout', content, CHECKOUT_SCRIPT)
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

type Field = { name: string; label: string; value?: string; error?: string; attributes: Html }

function field({ name, label, value = '', error, attributes }: Field): Html {
  return html`<div>
    <label for="${name}">${label}</label>
    <input id="${name}" name="${name}" value="${value}" required ${attributes}
      ${error && html`aria-invalid="true" aria-describedby="${name}-error"`}>
    ${error && html`<p class="error" id="${name}-error">${error}</p>`}
  </div>`
}
