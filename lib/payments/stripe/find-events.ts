import 'server-only'
import { z } from 'zod'
import type { PaymentEvent } from '@/lib/payments/events/payment-event'
import { changesPaymentMethod, id, isOurs, reference, seconds, toOccurredAt } from './fields'
import { readInvoice, toPaidPeriod } from './invoice-object'
import { type Lookup, stripeLookup } from './lookup'
import { toRefundUpdate } from './objects'
import { findPayment, findPaymentOfCheckout, isOurPayment, toCharge } from './payments'
import { subscription, toSubscriptionUpdate } from './subscription-object'
import { SESSION_TYPES, SUBSCRIPTION_TYPES } from './translate'

const envelope = z.looseObject({
  type: z.string().min(1).max(200),
  created: seconds.optional(),
  data: z.looseObject({ object: z.looseObject({ id }) }),
})
const ofPlan = z.looseObject({ mode: z.literal('subscription'), metadata: z.unknown().optional() })
const charge = z.looseObject({ payment_intent: reference.nullish() })

type Find = (
  object: { id: string },
  context: { at: string; from: Lookup; changesCard: boolean },
) => Promise<(PaymentEvent | null)[]>

const findIntent: Find = async (object, { from }) => [await findPayment(object.id, from)]

/** The payment of a plan: its session names the subscription, and leaves out what paid. */
const findPlanPayment: Find = async (object, { from }) => {
  const session = ofPlan.safeParse(object)
  if (!session.success || !isOurs(session.data.metadata)) return []
  return [await findPaymentOfCheckout(object.id, from)]
}

/** The period that an invoice paid for, and the charge that did. An invoice names its payment only when asked. */
const findInvoice: Find = async (object, { at, from }) => {
  const invoice = readInvoice(await from.invoice(object.id))
  if (!invoice.subscriptionId || !invoice.isOurs) return []
  const period = toPaidPeriod(invoice)
  const paid = period && {
    ...toSubscriptionUpdate(await from.subscription(invoice.subscriptionId), at),
    ...period,
  }
  return [paid, await toCharge(invoice, from)]
}

/** A subscription names its schedule and a new card by their ids alone. */
const findWhole: Find = async (object, { at, from, changesCard }) => {
  const read = subscription.parse(object)
  if (!isOurs(read.metadata)) return []
  if (changesCard) return [toSubscriptionUpdate(await from.subscription(object.id), at)]
  if (typeof read.schedule !== 'string') return []
  return [toSubscriptionUpdate({ ...read, schedule: await from.schedule(read.schedule) }, at)]
}

/** Every refund of a charge, the oldest first: the charge tells only what they come to. */
const findRefunds: Find = async (object, { from }) => {
  const paymentId = charge.parse(object).payment_intent
  if (!paymentId || !(await isOurPayment(paymentId, from))) return []
  return (await from.refundsOf(paymentId)).map((refund) => toRefundUpdate(refund)).reverse()
}

const FINDERS = new Map<string, Find>([
  ...['succeeded', 'processing', 'payment_failed', 'canceled'].map(
    (type) => [`payment_intent.${type}`, findIntent] as const,
  ),
  ...[...SESSION_TYPES.keys()].map((type) => [type, findPlanPayment] as const),
  ...[...SUBSCRIPTION_TYPES].map((type) => [type, findWhole] as const),
  ['invoice.paid', findInvoice],
  ['invoice.payment_failed', findInvoice],
  ['charge.refunded', findRefunds],
])

/**
 * What a delivery says only in part, read whole from Stripe: a charge of a plan, a period that was paid, refunds. What
 * one of them needs comes before it. @throws ZodError when a delivery of a known type does not carry its object
 */
export async function findEvents(payload: unknown, from: Lookup = stripeLookup): Promise<PaymentEvent[]> {
  const find = FINDERS.get(z.looseObject({ type: z.string() }).parse(payload).type)
  if (!find) return []
  const { created, data } = envelope.parse(payload)
  const changesCard = changesPaymentMethod(data)
  const found = await find(data.object, { at: toOccurredAt(created ?? 0), from, changesCard })
  return found.filter((event) => event !== null)
}
