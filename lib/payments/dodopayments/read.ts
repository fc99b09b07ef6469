import 'server-only'
import DodoPayments from 'dodopayments'
import type { PaymentUpdate, RefundUpdate, SubscriptionUpdate } from '@/lib/payments/events/payment-event'
import type { ListedPayment, Period } from '../provider'
import { createDodoClient } from './client'
import { toPaymentUpdate, toRefundUpdate, toSubscriptionUpdate } from './objects'

/** Pages are counted from 0, and left out the SDK would skip the second. */
const ALL_PAGES = { page_number: 0, page_size: 100 }

/** Other statuses are those of a payment that is still being made. */
function decided(status: string | null | undefined): PaymentUpdate['status'] | null {
  switch (status) {
    case 'succeeded':
    case 'failed':
    case 'cancelled':
    case 'processing':
      return status
    default:
      return null
  }
}

const within = ({ since, until }: Period) => ({
  ...ALL_PAGES,
  created_at_gte: since.toISOString(),
  created_at_lte: until.toISOString(),
})

export async function findPaymentOfCheckout(sessionId: string): Promise<PaymentUpdate | null> {
  const { payment_id } = await createDodoClient().checkoutSessions.retrieve(sessionId)
  return payment_id ? findPayment(payment_id) : null
}

export async function findPayment(paymentId: string): Promise<PaymentUpdate | null> {
  try {
    const payment = await createDodoClient().payments.retrieve(paymentId)
    const status = decided(payment.status)
    return status && toPaymentUpdate(payment, status)
  } catch (error) {
    if (error instanceof DodoPayments.NotFoundError) return null
    throw error
  }
}

export async function findSubscription(subscriptionId: string): Promise<SubscriptionUpdate> {
  const askedAt = new Date().toISOString()
  return toSubscriptionUpdate(await createDodoClient().subscriptions.retrieve(subscriptionId), askedAt)
}

export async function findRefund(refundId: string): Promise<RefundUpdate> {
  return toRefundUpdate(await createDodoClient().refunds.retrieve(refundId))
}

export async function* listPayments({
  subscriptionId,
  ...period
}: Period & { subscriptionId?: string }): AsyncGenerator<ListedPayment> {
  const query = { ...within(period), subscription_id: subscriptionId }
  for await (const payment of createDodoClient().payments.list(query)) {
    const status = decided(payment.status)
    if (!status) continue
    yield {
      payment_id: payment.payment_id,
      subscription_id: payment.subscription_id ?? null,
      customer_id: payment.customer.customer_id,
      status,
      amount: payment.total_amount,
      charged_at: payment.created_at,
    }
  }
}

export async function* listRefunds(period: Period): AsyncGenerator<RefundUpdate> {
  for await (const refund of createDodoClient().refunds.list(within(period))) yield toRefundUpdate(refund)
}

export async function* listSubscriptions(): AsyncGenerator<SubscriptionUpdate> {
  const askedAt = new Date().toISOString()
  for await (const subscription of createDodoClient().subscriptions.list(ALL_PAGES)) {
    yield toSubscriptionUpdate(subscription, askedAt)
  }
}
