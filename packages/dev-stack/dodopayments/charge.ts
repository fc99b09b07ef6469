import type { TestCard } from './cards.ts'
import { findProduct, unitPrice } from './catalog.ts'
import { sessionStatus } from './checkout.ts'
import { findSubscription } from './find.ts'
import { SandboxError } from './http.ts'
import { emitPayment, keepPayment, settleLater } from './payments.ts'
import type { Sandbox } from './sandbox.ts'
import { toCustomerDetails } from './shapes/customer.ts'
import { newPayment } from './shapes/payment.ts'
import { renewCard } from './subscriptions/new-card.ts'
import { announceFirstPayment, openSubscription } from './subscriptions/start.ts'
import type { CheckoutSession, DodoPayments, PaymentLine } from './types.ts'

/**
 * Pays a session with a test card, or takes the card for a subscription. Each attempt is a payment of its own, and begins a subscription of its own
 * when the cart has one.
 * @throws SandboxError 409 when the session is paid or over
 */
export function charge(
  sandbox: Sandbox,
  session: CheckoutSession,
  customer: DodoPayments.Customer,
  card: TestCard,
): DodoPayments.Payment {
  if (sessionStatus(sandbox, session) !== 'open') {
    throw new SandboxError(409, 'CHECKOUT_SESSION_CONSUMED', 'This checkout has already been used.')
  }
  if (session.renewsCardOf) {
    const payment = renewCard(sandbox, findSubscription(sandbox, session.renewsCardOf), session, card)
    session.paymentId = payment.payment_id
    sandbox.store.save()
    return payment
  }
  const subscription = openSubscription(sandbox, session, customer, card)
  const payment = newPayment({
    outcome: card.outcome,
    card,
    amount: session.total,
    currency: session.currency,
    customer: toCustomerDetails(customer),
    metadata: session.metadata,
    cart: session.cart,
    sessionId: session.id,
    subscriptionId: subscription?.subscription_id ?? null,
  })
  keepPayment(sandbox, payment, linesOf(sandbox, session))
  session.paymentId = payment.payment_id
  if (payment.status === 'processing') settleLater(sandbox, payment.payment_id)
  announceCheckout(sandbox, payment)
  return payment
}

/** Tells of a checkout's payment as it stands, and of what it makes of its subscription. */
export function announceCheckout(sandbox: Sandbox, payment: DodoPayments.Payment): void {
  if (payment.subscription_id) announceFirstPayment(sandbox, payment)
  else emitPayment(sandbox, payment)
}

/** A trial is free; all else is paid today. */
function linesOf(sandbox: Sandbox, session: CheckoutSession): PaymentLine[] {
  return session.cart.map(({ product_id, quantity }) => {
    const { product } = findProduct(sandbox, product_id)
    const free = product.is_recurring && session.trialDays
    return {
      itemId: product_id,
      name: product.name ?? product_id,
      amount: free ? 0 : unitPrice(product) * quantity,
    }
  })
}
