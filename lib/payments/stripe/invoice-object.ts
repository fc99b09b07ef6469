import { z } from 'zod'
import type { PaymentUpdate, SubscriptionUpdate } from '@/lib/payments/events/payment-event'
import { currency, id, isOurs, reference, seconds, toTimestamp } from './fields'
import { failureOf, type PaymentIntent, statusOf } from './objects'

const line = z.looseObject({
  amount: z.int(),
  quantity: z.int().min(1).nullish().catch(1),
  period: z.looseObject({ start: seconds, end: seconds }),
  parent: z
    .looseObject({ subscription_item_details: z.looseObject({ proration: z.boolean() }).nullish() })
    .nullish(),
  pricing: z.looseObject({ price_details: z.looseObject({ product: id }).nullish() }).nullish(),
})

const details = z.looseObject({ subscription: reference, metadata: z.unknown().optional() })

/** An invoice with the payments it was paid with, or is to be. */
const invoice = z
  .looseObject({
    id,
    customer: reference,
    status: z.string().nullish(),
    billing_reason: z.string().nullish(),
    amount_paid: z.int().min(0),
    amount_due: z.int().min(0),
    currency,
    total_taxes: z
      .array(z.looseObject({ amount: z.int().min(0) }))
      .nullish()
      .catch(null),
    created: seconds,
    attempted: z.boolean().nullish(),
    parent: z.looseObject({ subscription_details: details.nullish() }).nullish(),
    lines: z.looseObject({ data: z.array(line) }),
    payments: z
      .looseObject({
        data: z.array(
          z.looseObject({
            status: z.string(),
            payment: z.looseObject({ payment_intent: reference.nullish() }),
          }),
        ),
      })
      .nullish(),
  })
  .transform(({ parent, payments, ...read }) => ({
    ...read,
    subscriptionId: parent?.subscription_details?.subscription ?? null,
    isOurs: isOurs(parent?.subscription_details?.metadata),
    paymentId: choosePayment(payments?.data ?? []),
  }))

export type Invoice = z.output<typeof invoice>

/** @throws ZodError when it is no invoice */
export const readInvoice = (data: unknown): Invoice => invoice.parse(data)

type InvoicePayment = { status: string; payment: { payment_intent?: string | null | undefined } }

/** The payment intent that paid an invoice, else the one that is to. */
function choosePayment(payments: readonly InvoicePayment[]): string | null {
  const paid = payments.find(({ status }) => status === 'paid') ?? payments.at(-1)
  return paid?.payment.payment_intent ?? null
}

/** Of several lines the one that begins a period: in full, and last. */
function periodLine({ lines }: Invoice) {
  return lines.data
    .filter(({ amount, parent }) => amount > 0 && parent?.subscription_item_details?.proration === false)
    .toSorted((one, other) => other.period.start - one.period.start)[0]
}

/** The period that an invoice paid for; null for one that is not paid, took no money, or begins none. */
export function toPaidPeriod(
  read: Invoice,
): Pick<
  SubscriptionUpdate,
  'product_id' | 'quantity' | 'period_start' | 'period_end' | 'paid' | 'trial'
> | null {
  const billed = periodLine(read)
  const product = billed?.pricing?.price_details?.product
  if (!billed || !product || read.status !== 'paid' || read.amount_paid === 0) return null
  return {
    product_id: product,
    quantity: billed.quantity ?? 1,
    period_start: toTimestamp(billed.period.start),
    period_end: toTimestamp(billed.period.end),
    paid: true,
    trial: false,
  }
}

/**
 * The charge of a subscription; null while it is not decided. It is charged when its invoice is made: that is when the
 * period begins that it pays for, however long the bank has to be asked.
 * @param paid the payment of the invoice; null for an invoice of nothing
 * @param sessionId the checkout that the subscription began with, for its first charge
 */
export function toChargeUpdate(
  read: Invoice,
  { paid, sessionId }: { paid: PaymentIntent | null; sessionId: string | null },
): PaymentUpdate | null {
  const status = read.status === 'paid' ? 'succeeded' : paid && statusOf(paid)
  if (!read.subscriptionId || !status) return null
  return {
    kind: 'payment',
    payment_id: read.paymentId ?? read.id,
    checkout_session_id: sessionId,
    subscription_id: read.subscriptionId,
    customer_id: read.customer,
    status,
    product_id: periodLine(read)?.pricing?.price_details?.product ?? null,
    quantity: 1,
    amount: amountOf(read),
    currency: read.currency,
    tax: read.total_taxes?.reduce((sum, { amount }) => sum + amount, 0) || null,
    failure_reason: failureOf(status, paid),
    // Its subscription names the card.
    card: null,
    charged_at: toTimestamp(read.created),
  }
}

/** What an invoice took, or is to take, in minor units. */
export const amountOf = (read: Invoice) => (read.status === 'paid' ? read.amount_paid : read.amount_due)
