import { type CardOutcome, findCard } from '../cards.ts'
import { listProducts } from '../catalog.ts'
import { keepPayment } from '../payments.ts'
import type { Sandbox } from '../sandbox.ts'
import { newPayment } from '../shapes/payment.ts'
import type { DodoPayments, SubscriptionRecord } from '../types.ts'

type Charge = {
  amount: number
  outcome: CardOutcome
  metadata?: DodoPayments.Metadata
  /** The hosted page where it happens, if it does on one. */
  sessionId?: string
  updatesPaymentMethod?: boolean
}

/** Charges the card on file, and keeps the payment; the caller tells of it. */
export function chargeSubscription(
  sandbox: Sandbox,
  { subscription, cardNumber }: SubscriptionRecord,
  { amount, outcome, metadata = subscription.metadata, sessionId, updatesPaymentMethod }: Charge,
): DodoPayments.Payment {
  const { subscription_id, product_id, quantity, currency, customer } = subscription
  const payment = newPayment({
    outcome,
    card: findCard(cardNumber),
    amount,
    currency,
    customer,
    metadata,
    cart: [{ product_id, quantity }],
    sessionId: sessionId ?? null,
    subscriptionId: subscription_id,
    updatesPaymentMethod,
  })
  // A product of the options may be gone since; those who have it go on paying.
  const known = listProducts(sandbox).find(({ product }) => product.product_id === product_id)
  const name = known?.product.name ?? product_id
  keepPayment(sandbox, payment, [{ itemId: product_id, name, amount }])
  return payment
}
