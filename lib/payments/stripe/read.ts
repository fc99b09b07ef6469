import 'server-only'
import type Stripe from 'stripe'
import type { PaymentUpdate, RefundUpdate } from '@/lib/payments/events/payment-event'
import type { ListedPayment, Period } from '../provider'
import { isMissing } from './classify-error'
import { createStripeClient } from './client'
import { isOurs, toPaymentUpdate, toRefundUpdate, toTimestamp } from './objects'

const PAGE = { limit: 100 }
const WITH_INTENT = { expand: ['payment_intent'] }

/** Other statuses are those of a payment that is still being made. */
const DECIDED: Partial<Record<Stripe.PaymentIntent.Status, PaymentUpdate['status']>> = {
  processing: 'processing',
  succeeded: 'succeeded',
  canceled: 'cancelled',
}

const within = ({ since, until }: Period) => ({
  ...PAGE,
  created: { gte: Math.floor(since.getTime() / 1000), lte: Math.ceil(until.getTime() / 1000) },
})

export async function findPaymentOfCheckout(sessionId: string): Promise<PaymentUpdate | null> {
  return toPayment(await createStripeClient().checkout.sessions.retrieve(sessionId, WITH_INTENT))
}

export async function findPayment(paymentId: string): Promise<PaymentUpdate | null> {
  const session = await findSession(paymentId)
  return session && toPayment(session)
}

/** The checkout that led to a payment, with the payment whole. */
export async function findSession(paymentId: string): Promise<Stripe.Checkout.Session | null> {
  const { sessions } = createStripeClient().checkout
  try {
    const { data } = await sessions.list({
      payment_intent: paymentId,
      limit: 1,
      expand: ['data.payment_intent'],
    })
    return data[0] ?? null
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

function toPayment(session: Stripe.Checkout.Session): PaymentUpdate | null {
  const paid = session.payment_intent
  const status = paid && typeof paid !== 'string' ? DECIDED[paid.status] : undefined
  return status ? toPaymentUpdate(session, status) : null
}

/** Whether a payment was made by a checkout of ours: others use the same account of Stripe. */
export async function isOurPayment(paymentId: string): Promise<boolean> {
  return isOurs((await createStripeClient().paymentIntents.retrieve(paymentId)).metadata)
}

export async function findRefund(refundId: string): Promise<RefundUpdate> {
  const refund = toRefundUpdate(await createStripeClient().refunds.retrieve(refundId))
  if (!refund) throw new Error(`${refundId} refunds no payment of a checkout.`)
  return refund
}

export async function* listPayments({
  subscriptionId,
  ...period
}: Period & { subscriptionId?: string }): AsyncGenerator<ListedPayment> {
  // Plans are not sold here.
  if (subscriptionId) return
  for await (const intent of createStripeClient().paymentIntents.list(within(period))) {
    const status = DECIDED[intent.status]
    if (!status || !isOurs(intent.metadata)) continue
    const { customer } = intent
    yield {
      payment_id: intent.id,
      subscription_id: null,
      customer_id: (typeof customer === 'string' ? customer : customer?.id) ?? '',
      status,
      amount: intent.amount,
      charged_at: toTimestamp(intent.created),
    }
  }
}

export async function* listRefunds(period: Period): AsyncGenerator<RefundUpdate> {
  for await (const listed of createStripeClient().refunds.list(within(period))) {
    const refund = toRefundUpdate(listed)
    if (refund) yield refund
  }
}
