import { z } from 'zod'
import { readCard } from '../../cards.ts'
import { findProduct } from '../../catalog.ts'
import { charge } from '../../charge.ts'
import { customerFor, sessionStatus } from '../../checkout.ts'
import { route } from '../../http.ts'
import type { Sandbox } from '../../sandbox.ts'
import type { CheckoutSession, DodoPayments } from '../../types.ts'
import { type CheckoutView, checkoutPage } from './checkout-page.ts'
import { missingPage, outcomePage } from './outcome-page.ts'

const text = z.string().catch('')
const formInput = z.object({ email: text, number: text, expiry: text, cvc: text })

/** The hosted checkout. */
export const checkoutPageRoutes = (sandbox: Sandbox) => [
  route('GET', '/session/:id', ({ params }) => {
    const session = sandbox.store.state.sessions[params.id ?? '']
    if (!session) return missingPage().toResponse(404)
    return closed(sandbox, session) ?? checkoutPage(view(sandbox, session)).toResponse()
  }),

  route('POST', '/session/:id', async ({ request, params }) => {
    const session = sandbox.store.state.sessions[params.id ?? '']
    if (!session) return missingPage().toResponse(404)
    const typed = formInput.parse(Object.fromEntries(await request.formData()))
    // Read the body first: from here to the charge nothing waits, so a double click pays once.
    const over = closed(sandbox, session)
    if (over) return over
    const known = sandbox.store.state.customers[session.customerId ?? '']
    const email = z.email().safeParse(known?.email ?? typed.email.trim())
    const card = readCard(typed)
    if (!email.success || 'errors' in card) {
      const errors = {
        ...('errors' in card && card.errors),
        ...(!email.success && { email: 'Enter an e-mail address.' }),
      }
      return checkoutPage({ ...view(sandbox, session), typed, errors }).toResponse(422)
    }
    const payment = charge(sandbox, session, known ?? customerFor(sandbox, { email: email.data }), card.card)
    const returnUrl = returnUrlFor(sandbox, session, payment)
    if (payment.status === 'failed') {
      const decline = { message: payment.error_message ?? 'Your card was declined.', returnUrl }
      return checkoutPage({ ...view(sandbox, session), decline }).toResponse()
    }
    // Without a return_url the session's own page says how it went.
    return new Response(null, { status: 303, headers: { location: returnUrl ?? `/session/${session.id}` } })
  }),
]

function closed(sandbox: Sandbox, session: CheckoutSession): Response | undefined {
  const status = sessionStatus(sandbox, session)
  if (status === 'open') return undefined
  const payment = sandbox.store.state.payments[session.paymentId ?? '']
  const back =
    status === 'expired' ? session.cancelUrl : payment ? returnUrlFor(sandbox, session, payment) : null
  return outcomePage(status, back).toResponse(status === 'expired' ? 410 : 200)
}

/** `return_url` with what DodoPayments appends. It tells where the buyer came from, and proves nothing. */
function returnUrlFor(
  { store }: Sandbox,
  session: CheckoutSession,
  payment: DodoPayments.Payment,
): string | null {
  if (!session.returnUrl) return null
  const url = new URL(session.returnUrl)
  const subscription = store.state.subscriptions[payment.subscription_id ?? '']?.subscription
  if (subscription) url.searchParams.set('subscription_id', subscription.subscription_id)
  else url.searchParams.set('payment_id', payment.payment_id)
  url.searchParams.set('status', subscription?.status ?? payment.status ?? '')
  url.searchParams.set('email', payment.customer.email)
  return url.href
}

function view(sandbox: Sandbox, session: CheckoutSession): CheckoutView {
  return {
    session,
    lines: session.cart.map(({ product_id, quantity }) => ({
      product: findProduct(sandbox, product_id).product,
      quantity,
    })),
    subscription: sandbox.store.state.subscriptions[session.renewsCardOf ?? '']?.subscription,
    email: sandbox.store.state.customers[session.customerId ?? '']?.email ?? null,
  }
}
