import 'server-only'
import type { RefundUpdate, SubscriptionUpdate } from '@/lib/payments/events/payment-event'
import type { ListedPayment, Period } from '../provider'
import { createStripeClient } from './client'
import { isOurs, toTimestamp } from './fields'
import { amountOf, type Invoice, readInvoice } from './invoice-object'
import { stripeLookup } from './lookup'
import { intent as intentObject, statusOf, toRefundUpdate } from './objects'
import { subscription, toSubscriptionUpdate } from './subscription-object'

const PAGE = { limit: 100 }

const within = ({ since, until }: Period) => ({
  ...PAGE,
  created: { gte: Math.floor(since.getTime() / 1000), lte: Math.ceil(until.getTime() / 1000) },
})

export async function findRefund(refundId: string): Promise<RefundUpdate> {
  const refund = toRefundUpdate(await createStripeClient().refunds.retrieve(refundId))
  if (!refund) throw new Error(`${refundId} refunds no payment of a checkout.`)
  return refund
}

export async function* listRefunds(period: Period): AsyncGenerator<RefundUpdate> {
  for await (const listed of createStripeClient().refunds.list(within(period))) {
    const refund = toRefundUpdate(listed)
    if (refund) yield refund
  }
}

/** Purchases by their payments, charges of plans by their invoices: a payment does not name what it is for. */
export async function* listPayments({
  subscriptionId,
  ...period
}: Period & { subscriptionId?: string }): AsyncGenerator<ListedPayment> {
  if (!subscriptionId) yield* listPurchases(period)
  yield* listCharges(period, subscriptionId)
}

async function* listPurchases(period: Period): AsyncGenerator<ListedPayment> {
  for await (const listed of createStripeClient().paymentIntents.list(within(period))) {
    const status = statusOf(intentObject.parse(listed))
    if (!status || !isOurs(listed.metadata)) continue
    const { customer } = listed
    yield {
      payment_id: listed.id,
      subscription_id: null,
      customer_id: (typeof customer === 'string' ? customer : customer?.id) ?? '',
      status,
      amount: listed.amount,
      charged_at: toTimestamp(listed.created),
    }
  }
}

async function* listCharges(period: Period, ofPlan: string | undefined): AsyncGenerator<ListedPayment> {
  const query = {
    ...within(period),
    ...(ofPlan && { subscription: ofPlan }),
    expand: ['data.payments'],
  }
  for await (const listed of createStripeClient().invoices.list(query)) {
    if (!listed.parent?.subscription_details) continue
    const charge = toListed(readInvoice(listed))
    if (charge) yield charge
  }
}

function toListed(invoice: Invoice): ListedPayment | null {
  const isPaid = invoice.status === 'paid'
  const isFailed = invoice.status === 'open' && invoice.attempted === true
  if (!invoice.subscriptionId || !(isPaid || isFailed)) return null
  return {
    payment_id: invoice.paymentId ?? invoice.id,
    subscription_id: invoice.subscriptionId,
    customer_id: invoice.customer,
    status: isPaid ? 'succeeded' : 'failed',
    amount: amountOf(invoice),
    charged_at: toTimestamp(invoice.created),
  }
}

export async function findSubscription(subscriptionId: string): Promise<SubscriptionUpdate> {
  const askedAt = new Date().toISOString()
  return toSubscriptionUpdate(await stripeLookup.subscription(subscriptionId), askedAt)
}

export async function* listSubscriptions(): AsyncGenerator<SubscriptionUpdate> {
  const askedAt = new Date().toISOString()
  for await (const listed of createStripeClient().subscriptions.list({ status: 'all', ...PAGE })) {
    // Others sell what we do not, as by usage, through the same account.
    if (!isOurs(listed.metadata) && !subscription.safeParse(listed).success) continue
    // A list does not reach as deep as the product that is scheduled.
    const whole = listed.schedule ? await stripeLookup.subscription(listed.id) : listed
    yield toSubscriptionUpdate(whole, askedAt)
  }
}
