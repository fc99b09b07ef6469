import { findEvents } from '../../lib/payments/stripe/find-events.ts'
import { translateEvent } from '../../lib/payments/stripe/translate.ts'
import type { Engine, EngineResult } from './engine.ts'
import { type Buyer, type Delivery, newId, storeAndApply } from './events.ts'
import { lookupOf, seconds, toInvoice, toSubscription } from './stripe-objects.ts'

/** What Stripe says of a story that the tables tell as DodoPayments does. */
type StripeEvent = { id: string; object: 'event'; type: string; created: number; data: { object: object } }
type Said = { type: string; object: object }

const SESSION_EVENTS: Record<string, { type: string; payment_status: string }> = {
  'payment.processing': { type: 'checkout.session.completed', payment_status: 'unpaid' },
  'payment.succeeded': { type: 'checkout.session.completed', payment_status: 'paid' },
  'payment.failed': { type: 'checkout.session.async_payment_failed', payment_status: 'unpaid' },
}
const INTENT_EVENTS: Record<string, string> = {
  'payment.processing': 'payment_intent.processing',
  'payment.succeeded': 'payment_intent.succeeded',
  'payment.failed': 'payment_intent.payment_failed',
}
const DISPUTES: Record<string, { type: string; status: string }> = {
  'dispute.opened': { type: 'charge.dispute.created', status: 'needs_response' },
  'dispute.challenged': { type: 'charge.dispute.updated', status: 'under_review' },
  'dispute.won': { type: 'charge.dispute.closed', status: 'won' },
  'dispute.lost': { type: 'charge.dispute.closed', status: 'lost' },
  'dispute.cancelled': { type: 'charge.dispute.closed', status: 'prevented' },
}
/** What each type says of the status; those that only tell of a change leave it as it is. */
const SUBSCRIPTIONS: Record<string, string> = {
  active: 'active',
  unpaused: 'active',
  plan_changed: 'active',
  on_hold: 'on_hold',
  past_due: 'past_due',
  paused: 'paused',
  failed: 'failed',
}

const text = (value: unknown) => String(value)

/** The same news as Stripe sends it, under the same id; null for what it has no event for. */
export function toStripe(told: Delivery): StripeEvent | null {
  const said = sayPayment(told) ?? sayDispute(told) ?? sayRefund(told) ?? saySubscription(told)
  if (!said) return null
  const { id, timestamp } = told
  const event = { id, object: 'event' as const, created: seconds(timestamp) }
  return { ...event, type: said.type, data: { object: said.object } }
}

function sayPayment({ type, data }: Delivery): Said | null {
  if (data.subscription_id) return sayCharge({ type, data })
  const session = SESSION_EVENTS[type]
  return session ? { type: session.type, object: toSession(data, session.payment_status) } : null
}

/** A charge of a plan: of nothing it has no payment, and the checkout tells of it. */
function sayCharge({ type, data }: Pick<Delivery, 'type' | 'data'>): Said | null {
  const intent = INTENT_EVENTS[type]
  if (!intent) return null
  if (data.total_amount === 0) {
    const session = { ...toSession(data, 'no_payment_required'), mode: 'subscription', payment_intent: null }
    return { type: 'checkout.session.completed', object: session }
  }
  return { type: intent, object: { id: data.payment_id, object: 'payment_intent' } }
}

function sayDispute({ type, data }: Delivery): Said | null {
  const dispute = DISPUTES[type]
  if (!dispute) return null
  const object = { ...moneyOf(data), id: data.dispute_id, object: 'dispute', status: dispute.status }
  return { type: dispute.type, object }
}

function sayRefund({ type, data }: Delivery): Said | null {
  if (!type.startsWith('refund.')) return null
  const object = { ...moneyOf(data), id: data.refund_id, object: 'refund', status: data.status, metadata: {} }
  return { type: 'refund.updated', object }
}

/** A period that was paid is the news of its invoice, with the charge that paid it. */
function saySubscription({ type, timestamp, data }: Delivery): Said | null {
  const [kind, what = ''] = type.split('.')
  if (kind !== 'subscription') return null
  const begins = what === 'plan_changed' && data.previous_billing_date === timestamp
  if (what === 'renewed' || begins)
    return { type: 'invoice.paid', object: toInvoice(data, 'subscription_cycle') }
  if (what === 'expired' || (what === 'cancelled' && data.status === 'cancelled')) {
    return { type: 'customer.subscription.deleted', object: toSubscription(data, 'cancelled') }
  }
  const status = what === 'cancelled' || what === 'updated' ? text(data.status) : SUBSCRIPTIONS[what]
  return status ? { type: 'customer.subscription.updated', object: toSubscription(data, status) } : null
}

function toSession(data: Record<string, unknown>, payment_status: string) {
  const { customer_id } = Object(data.customer)
  const [item] = Array.isArray(data.product_cart) ? data.product_cart : []
  return {
    id: data.checkout_session_id,
    object: 'checkout.session',
    mode: 'payment',
    customer: customer_id,
    payment_intent: data.payment_id,
    payment_status,
    amount_total: data.total_amount,
    currency: text(data.currency).toLowerCase(),
    created: seconds(data.created_at),
    metadata: { user_id: 'u', package_id: 'pro', product_id: Object(item).product_id ?? 'pdt_pro_monthly' },
  }
}

const moneyOf = (data: Record<string, unknown>) => ({
  payment_intent: data.payment_id,
  amount: Number(data.amount),
  currency: text(data.currency).toLowerCase(),
})

/** Keeps an event of Stripe, translates it and applies it, as the webhook does after checking its signature. */
export async function receiveFromStripe(engine: Engine, told: Delivery): Promise<EngineResult> {
  const payload = toStripe(told)
  if (!payload) throw new Error(`Stripe has no event for ${told.type}.`)
  const sent = { p_id: `stripe:${told.id}`, p_type: payload.type, p_payload: payload, p_provider: 'stripe' }
  const { event } = translateEvent(payload)
  const events = event ? [event] : await findEvents(payload, lookupOf(told))
  // What the delivery's own event needs comes before it, under an id of its own.
  for (const [index, needed] of events.slice(0, -1).entries()) {
    const before = await storeAndApply(engine, { ...sent, p_id: `${sent.p_id}:${index}` }, needed)
    if (!before.ok) return before
  }
  return storeAndApply(engine, sent, events.at(-1) ?? null)
}

/** Sells every package at Stripe too, under the same product ids. */
export async function sellThroughStripe({ owner }: Pick<Engine, 'owner'>): Promise<void> {
  await owner`
    insert into package_products (package_id, provider, product_id)
    select package_id, 'stripe', product_id from package_products where provider = 'dodopayments'`
}

/** Somebody known at Stripe, with a checkout open there for a package. */
export async function openStripeCheckout(engine: Engine): Promise<{ buyer: Buyer; session: string }> {
  const userId = await engine.createUser()
  const customer = newId('cus')
  const session = `cs_of_${customer}`
  const common = { p_user_id: userId, p_provider: 'stripe' }
  await engine.call('link_customer', { ...common, p_customer_id: customer })
  await engine.call('record_checkout', { ...common, p_package_id: 'pro', p_checkout_session_id: session })
  return { buyer: { userId, customer }, session }
}
