import { findInvoice, findSubscription } from '../find.ts'
import { billPeriod, linkPayment, payInvoice } from '../invoices.ts'
import { nowSeconds } from '../plain.ts'
import type { PaymentIntent, SessionRecord, StripeSandbox } from '../sandbox.ts'
import { newSubscription } from '../shapes/subscription.ts'
import { emitSubscription } from './emit.ts'
import { periodEnd } from './period.ts'

/** The subscription of a checkout, with an invoice of its first period: incomplete until that is paid. */
export function openSubscription(
  sandbox: StripeSandbox,
  { session, price, metadata, cardNumber = '' }: SessionRecord,
  intent: PaymentIntent,
): void {
  const { state } = sandbox.store
  const start = nowSeconds()
  const subscription = newSubscription({
    customer: String(session.customer),
    price,
    metadata,
    period: { start, end: periodEnd(start, price.recurring?.interval) },
  })
  state.subscriptions[subscription.id] = {
    subscription,
    cardNumber,
    billingDay: new Date(start * 1000).getUTCDate(),
    nextRenewal: null,
  }
  const invoice = billPeriod(sandbox, { subscription, reason: 'subscription_create' })
  linkPayment(state, invoice, intent)
  Object.assign(session, { subscription: subscription.id, invoice: invoice.id })
  emitSubscription(sandbox, subscription, 'created')
}

/** The first period was paid. */
export function activate(sandbox: StripeSandbox, id: string, intent: PaymentIntent): void {
  const { state } = sandbox.store
  const { subscription } = findSubscription(state, id)
  subscription.status = 'active'
  payInvoice(sandbox, findInvoice(state, String(subscription.latest_invoice)), intent)
  emitSubscription(sandbox, subscription, 'updated')
}
