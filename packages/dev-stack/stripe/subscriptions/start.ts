import { findInvoice, findSubscription } from '../find.ts'
import { billPeriod, linkPayment, payInvoice } from '../invoices.ts'
import { nowSeconds } from '../plain.ts'
import type { Invoice, PaymentIntent, SessionRecord, StripeSandbox } from '../sandbox.ts'
import { newSubscription } from '../shapes/subscription.ts'
import { keepCard } from './card-on-file.ts'
import { emitSubscription } from './emit.ts'
import { periodEnd } from './period.ts'

const DAY_SECONDS = 24 * 60 * 60

type Opened = { start: number; end: number; trial: boolean }

/** Keeps the subscription of a checkout, with an invoice of its first period. */
function open(sandbox: StripeSandbox, { session, ...record }: SessionRecord, opened: Opened): Invoice {
  const { start, end, trial } = opened
  const { price, metadata, cardNumber = '' } = record
  const customer = String(session.customer)
  const subscription = newSubscription({ customer, price, metadata, period: { start, end }, trial })
  const kept = {
    subscription,
    cardNumber,
    billingDay: new Date((trial ? end : start) * 1000).getUTCDate(),
    nextRenewal: null,
  }
  keepCard(sandbox, kept, cardNumber)
  sandbox.store.state.subscriptions[subscription.id] = kept
  const invoice = billPeriod(sandbox, { subscription, reason: 'subscription_create' })
  Object.assign(session, { subscription: subscription.id, invoice: invoice.id })
  return invoice
}

/** The subscription of a checkout: incomplete until its first period is paid. */
export function openSubscription(sandbox: StripeSandbox, record: SessionRecord, intent: PaymentIntent): void {
  const { state } = sandbox.store
  const start = nowSeconds()
  const end = periodEnd(start, record.price.recurring?.interval)
  const invoice = open(sandbox, record, { start, end, trial: false })
  linkPayment(state, invoice, intent)
  emitSubscription(
    sandbox,
    findSubscription(state, String(record.session.subscription)).subscription,
    'created',
  )
}

/** A subscription that costs nothing at first: its trial is a period of its own, with an invoice of nothing. */
export function openTrial(sandbox: StripeSandbox, record: SessionRecord): void {
  const { state } = sandbox.store
  const start = nowSeconds()
  const invoice = open(sandbox, record, { start, end: start + record.trialDays * DAY_SECONDS, trial: true })
  const { subscription } = findSubscription(state, String(record.session.subscription))
  emitSubscription(sandbox, subscription, 'created')
  payInvoice(sandbox, invoice, null)
}

/** The first period was paid. */
export function activate(sandbox: StripeSandbox, id: string, intent: PaymentIntent): void {
  const { state } = sandbox.store
  const { subscription } = findSubscription(state, id)
  subscription.status = 'active'
  payInvoice(sandbox, findInvoice(state, String(subscription.latest_invoice)), intent)
  emitSubscription(sandbox, subscription, 'updated')
}
