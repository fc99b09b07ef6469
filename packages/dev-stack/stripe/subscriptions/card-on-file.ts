import { STRIPE_CARDS } from '../cards.ts'
import type { StripeSandbox, SubscriptionRecord } from '../sandbox.ts'
import { newPaymentMethod } from '../shapes/payment-method.ts'

/** Puts the card on file that a subscription is paid with from now on. Gives the id of the one before. */
export function keepCard(
  { store }: Pick<StripeSandbox, 'store'>,
  record: SubscriptionRecord,
  cardNumber: string,
): string | null {
  const { subscription } = record
  const before = subscription.default_payment_method
  const card = STRIPE_CARDS.find(({ number }) => number === cardNumber)
  record.cardNumber = cardNumber
  if (card) {
    const method = newPaymentMethod({ customer: String(subscription.customer), card })
    store.state.paymentMethods[method.id] = method
    subscription.default_payment_method = method.id
  }
  return typeof before === 'string' ? before : null
}
