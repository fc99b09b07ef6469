import 'server-only'
import { z } from 'zod'
import type { PaymentUpdate } from '@/lib/payments/events/payment-event'
import { id, isOurs, reference } from './fields'
import { type Invoice, readInvoice, toChargeUpdate } from './invoice-object'
import { type Lookup, stripeLookup } from './lookup'
import { intent, type PaymentIntent, statusOf, toPaymentUpdate } from './objects'

const session = z.looseObject({
  id,
  status: z.string().nullish(),
  metadata: z.unknown().optional(),
  payment_intent: z.union([id, intent]).nullish(),
  invoice: z.unknown().optional(),
})
const named = z.looseObject({ id })
const withInvoice = z.looseObject({ invoice: reference.nullish() })

/** An invoice of nothing has no payment, and stands for itself. */
const isInvoice = (paymentId: string) => paymentId.startsWith('in_')

/** The payment a checkout led to: of a purchase, or the first charge of a plan; null before there is one. */
export async function findPaymentOfCheckout(
  sessionId: string,
  from: Lookup = stripeLookup,
): Promise<PaymentUpdate | null> {
  const found = await from.session(sessionId)
  const read = session.parse(found)
  if (!isOurs(read.metadata)) return null
  const paid = read.payment_intent
  if (paid && typeof paid !== 'string') return toPurchase(found, paid)
  return read.invoice ? toCharge(readInvoice(read.invoice), from, { sessionId }) : null
}

/** A payment as it stands now; null for one that is still being made, and for what no checkout of ours began. */
export async function findPayment(
  paymentId: string,
  from: Lookup = stripeLookup,
): Promise<PaymentUpdate | null> {
  if (isInvoice(paymentId)) return toCharge(readInvoice(await from.invoice(paymentId)), from)
  const found = await from.intent(paymentId)
  if (!found) return null
  const paid = intent.parse(found)
  if (isOurs(paid.metadata)) return toPurchase(await from.sessionOf({ payment_intent: paymentId }), paid)
  const invoice = await from.invoiceOf(paymentId)
  return invoice ? toCharge(readInvoice(invoice), from, { paid }) : null
}

function toPurchase(found: unknown, paid: PaymentIntent): PaymentUpdate | null {
  const status = statusOf(paid)
  if (!found || !status) return null
  const read = session.parse(found)
  // A card was declined, and another one may be tried for the same payment: its buyer has not come back yet.
  if (status === 'failed' && read.status === 'open') return null
  return toPaymentUpdate({ ...read, payment_intent: paid }, status)
}

type Known = { paid?: PaymentIntent; sessionId?: string }

/** The charge that an invoice of a subscription makes. */
export async function toCharge(
  invoice: Invoice,
  from: Lookup,
  { paid, sessionId }: Known = {},
): Promise<PaymentUpdate | null> {
  const asked = paid ?? (invoice.paymentId && (await from.intent(invoice.paymentId)))
  return toChargeUpdate(invoice, {
    paid: asked ? intent.parse(asked) : null,
    sessionId: sessionId ?? (await findSessionId(invoice, from)),
  })
}

/** The first charge of a subscription is that of its checkout. */
async function findSessionId(
  { billing_reason, subscriptionId }: Invoice,
  from: Lookup,
): Promise<string | null> {
  if (billing_reason !== 'subscription_create' || !subscriptionId) return null
  const found = await from.sessionOf({ subscription: subscriptionId })
  return found ? named.parse(found).id : null
}

/** Whether a payment was made by a checkout of ours, or by a plan that began with one: others use the same account. */
export async function isOurPayment(paymentId: string, from: Lookup = stripeLookup): Promise<boolean> {
  if (isInvoice(paymentId)) return readInvoice(await from.invoice(paymentId)).isOurs
  const found = await from.intent(paymentId)
  if (!found) return false
  if (isOurs(intent.parse(found).metadata)) return true
  const invoice = await from.invoiceOf(paymentId)
  return invoice !== null && readInvoice(invoice).isOurs
}

/** The invoice of a payment; null when Stripe made none. */
export async function findInvoiceId(paymentId: string, from: Lookup = stripeLookup): Promise<string | null> {
  if (isInvoice(paymentId)) return paymentId
  const bought = withInvoice.nullable().parse(await from.sessionOf({ payment_intent: paymentId }))
  if (bought?.invoice) return bought.invoice
  const invoice = await from.invoiceOf(paymentId)
  return invoice ? named.parse(invoice).id : null
}
