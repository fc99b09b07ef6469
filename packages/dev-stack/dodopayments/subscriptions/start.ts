import type { TestCard } from '../cards.ts'
import { findProduct } from '../catalog.ts'
import { findSubscription } from '../find.ts'
import { SandboxError } from '../http.ts'
import { emitPayment } from '../payments.ts'
import type { Sandbox } from '../sandbox.ts'
import { toCustomerDetails } from '../shapes/customer.ts'
import { newSubscription } from '../shapes/subscription.ts'
import type { CheckoutSession, DodoPayments } from '../types.ts'
import { emitSubscription } from './emit.ts'

/** The subscription in a session's cart, pending; undefined when the cart has none. */
export function openSubscription(
  sandbox: Sandbox,
  session: CheckoutSession,
  customer: DodoPayments.Customer,
  card: TestCard,
): DodoPayments.Subscription | undefined {
  const lines = session.cart.map((line) => ({ ...line, ...findProduct(sandbox, line.product_id) }))
  const line = lines.find(({ product }) => product.is_recurring)
  if (!line) return undefined
  const subscription = newSubscription({
    product: line.product,
    price: recurringPrice(line.product),
    quantity: line.quantity,
    customer: toCustomerDetails(customer),
    metadata: session.metadata,
    trialDays: session.trialDays ?? 0,
  })
  sandbox.store.state.subscriptions[subscription.subscription_id] = {
    subscription,
    sessionId: session.id,
    cardNumber: card.number,
    billingDay: new Date(
      subscription.trial_period_days > 0 ? subscription.next_billing_date : subscription.created_at,
    ).getUTCDate(),
    nextRenewal: null,
  }
  return subscription
}

/** @throws SandboxError 422 for a product that is bought once, or by usage */
export function recurringPrice({
  product_id,
  price,
}: DodoPayments.Product): DodoPayments.Price.RecurringPrice {
  if (price.type === 'recurring_price') return price
  throw new SandboxError(422, 'UNSUPPORTED_PRICE', `Product ${product_id} is not a subscription.`)
}

/**
 * Tells of a subscription's first payment and of what it made of the subscription. A paid one sends `active`, the
 * payment and, unless it is on trial, `renewed`: three deliveries, in no promised order.
 */
export function announceFirstPayment(sandbox: Sandbox, payment: DodoPayments.Payment): void {
  const { subscription } = findSubscription(sandbox, payment.subscription_id ?? '')
  if (payment.status === 'succeeded') {
    subscription.status = 'active'
    emitSubscription(sandbox, subscription, 'active')
    emitPayment(sandbox, payment)
    if (subscription.trial_period_days === 0) emitSubscription(sandbox, subscription, 'renewed')
  } else if (payment.status === 'failed' || payment.status === 'cancelled') {
    subscription.status = 'failed'
    emitPayment(sandbox, payment)
    emitSubscription(sandbox, subscription, 'failed')
  } else {
    emitPayment(sandbox, payment)
  }
}
