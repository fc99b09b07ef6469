import type { CardOutcome } from '../dodopayments/cards.ts'
import { chargeIntent } from './intents.ts'
import { nowSeconds } from './plain.ts'
import type { Invoice, PaymentIntent, StripeSandbox, StripeState } from './sandbox.ts'
import { type BilledPeriod, newInvoice } from './shapes/invoice.ts'
import { newInvoicePayment } from './shapes/invoice-payment.ts'
import { newPaymentIntent } from './shapes/payment-intent.ts'
import { emit } from './webhook-face.ts'

type Bill = Pick<Invoice, 'customer' | 'total' | 'currency'> & { billed?: BilledPeriod }

/** Keeps an invoice that waits for its payment. */
export function makeInvoice({ store, url }: StripeSandbox, bill: Bill): Invoice {
  const invoice = newInvoice({ ...bill, pdfOf: (id) => `${url()}/invoice/${id}/pdf` })
  store.state.invoices[invoice.id] = invoice
  return invoice
}

/** Bills the current period of a subscription. */
export function billPeriod(sandbox: StripeSandbox, billed: BilledPeriod): Invoice {
  const { subscription } = billed
  const isFree = subscription.status === 'trialing'
  const total = isFree ? 0 : (subscription.items.data[0]?.price.unit_amount ?? 0)
  const { customer, currency } = subscription
  const invoice = makeInvoice(sandbox, { customer, currency, total, billed })
  subscription.latest_invoice = invoice.id
  return invoice
}

/** Charges the card on file for an invoice; whether it was paid. */
export function chargeInvoice(sandbox: StripeSandbox, invoice: Invoice, outcome: CardOutcome): boolean {
  const { state } = sandbox.store
  const intent = intentOf(state, invoice) ?? openIntent(state, invoice)
  chargeIntent(sandbox, intent, outcome)
  Object.assign(invoice, { attempted: true, attempt_count: invoice.attempt_count + 1 })
  if (outcome.status === 'succeeded') payInvoice(sandbox, invoice, intent)
  else emitInvoice(sandbox, invoice, 'payment_failed')
  return outcome.status === 'succeeded'
}

/** Each attempt for an invoice is one of the same payment. */
function intentOf(state: StripeState, invoice: Invoice): PaymentIntent | undefined {
  const [attempt] = paymentsOf(state, invoice.id)
  return state.intents[String(attempt?.payment.payment_intent)]
}

function openIntent(state: StripeState, invoice: Invoice): PaymentIntent {
  const { customer, currency, total } = invoice
  const intent = newPaymentIntent({ customer, currency, amount: total, metadata: {} })
  state.intents[intent.id] = intent
  linkPayment(state, invoice, intent)
  return intent
}

/** Says which payment an invoice is to be paid with. */
export function linkPayment(state: StripeState, invoice: Invoice, intent: PaymentIntent): void {
  const payment = newInvoicePayment(invoice, intent)
  state.invoicePayments[payment.id] = payment
}

/** An invoice is paid with a payment that succeeded; one of nothing with none. */
export function payInvoice(sandbox: StripeSandbox, invoice: Invoice, intent: PaymentIntent | null): void {
  const { state } = sandbox.store
  if (intent && paymentsOf(state, invoice.id).length === 0) linkPayment(state, invoice, intent)
  const at = nowSeconds()
  for (const payment of paymentsOf(state, invoice.id)) {
    Object.assign(payment, { status: 'paid', amount_paid: invoice.total })
    payment.status_transitions.paid_at = at
  }
  Object.assign(invoice, { status: 'paid', attempted: true, amount_paid: invoice.total, amount_remaining: 0 })
  invoice.status_transitions.paid_at = at
  if (invoice.parent?.subscription_details) emitInvoice(sandbox, invoice, 'paid')
}

/** The payments of an invoice, tried or made. */
export const paymentsOf = ({ invoicePayments }: StripeState, invoice: string) =>
  Object.values(invoicePayments).filter((payment) => payment.invoice === invoice)

function emitInvoice({ webhooks }: StripeSandbox, invoice: Invoice, event: string): void {
  const id = String(invoice.parent?.subscription_details?.subscription)
  emit(webhooks, `invoice.${event}`, { kind: 'subscription', id, object: invoice })
}
