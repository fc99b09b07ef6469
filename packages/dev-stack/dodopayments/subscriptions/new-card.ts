import type { TestCard } from '../cards.ts'
import { newSession } from '../checkout.ts'
import { SandboxError } from '../http.ts'
import { emitPayment } from '../payments.ts'
import type { Sandbox } from '../sandbox.ts'
import type { CheckoutSession, DodoPayments, SubscriptionRecord } from '../types.ts'
import { chargeSubscription } from './charge.ts'
import { emitSubscription } from './emit.ts'
import { announceRenewal } from './renew.ts'

/** A period that could not be charged waits for the new card. */
const OWING: readonly DodoPayments.SubscriptionStatus[] = ['on_hold', 'past_due']

/**
 * A hosted page that takes a new card for a subscription, and with it what is owed.
 * @throws SandboxError 409 when the subscription is over
 */
export function openCardSession(
  sandbox: Sandbox,
  { subscription }: SubscriptionRecord,
  returnUrl: string | null,
): CheckoutSession {
  const { status, currency, customer } = subscription
  if (status !== 'active' && !OWING.includes(status)) {
    throw new SandboxError(409, 'SUBSCRIPTION_INACTIVE', `A subscription that is ${status} takes no card.`)
  }
  return newSession(sandbox, {
    cart: [],
    total: amountOwed(subscription),
    currency,
    customerId: customer.customer_id,
    metadata: subscription.metadata,
    returnUrl,
    cancelUrl: returnUrl,
    renewsCardOf: subscription.subscription_id,
  })
}

/** Takes the card. One that pays what is owed brings the subscription back; one that is declined changes nothing. */
export function renewCard(
  sandbox: Sandbox,
  record: SubscriptionRecord,
  session: CheckoutSession,
  card: TestCard,
): DodoPayments.Payment {
  const { subscription } = record
  const declined = card.outcome.status === 'failed' || card.outcome.status === 'cancelled'
  const payment = chargeSubscription(
    sandbox,
    { ...record, cardNumber: card.number },
    {
      amount: amountOwed(subscription),
      outcome: declined ? card.outcome : { status: 'succeeded' },
      sessionId: session.id,
      updatesPaymentMethod: true,
    },
  )
  if (declined) {
    emitPayment(sandbox, payment)
    return payment
  }
  record.cardNumber = card.number
  emitSubscription(sandbox, subscription, 'update_payment_method')
  if (OWING.includes(subscription.status)) announceRenewal(sandbox, record, payment, new Date())
  else emitPayment(sandbox, payment)
  return payment
}

const amountOwed = ({ status, recurring_pre_tax_amount }: DodoPayments.Subscription) =>
  OWING.includes(status) ? recurring_pre_tax_amount : 0
