import { translateEvent } from '../../lib/payments/stripe/translate.ts'
import type { Engine, EngineResult } from './engine.ts'
import { type Buyer, type Delivery, newId, storeAndApply } from './events.ts'

/** What Stripe says of a story that the tables tell as DodoPayments does. */
type StripeEvent = { id: string; object: 'event'; type: string; created: number; data: { object: object } }

const SESSION_EVENTS: Record<string, { type: string; payment_status: string }> = {
  'payment.processing': { type: 'checkout.session.completed', payment_status: 'unpaid' },
  'payment.succeeded': { type: 'checkout.session.completed', payment_status: 'paid' },
  'payment.failed': { type: 'checkout.session.async_payment_failed', payment_status: 'unpaid' },
}
const DISPUTES: Record<string, { type: string; status: string }> = {
  'dispute.opened': { type: 'charge.dispute.created', status: 'needs_response' },
  'dispute.challenged': { type: 'charge.dispute.updated', status: 'under_review' },
  'dispute.won': { type: 'charge.dispute.closed', status: 'won' },
  'dispute.lost': { type: 'charge.dispute.closed', status: 'lost' },
  'dispute.cancelled': { type: 'charge.dispute.closed', status: 'prevented' },
}

const seconds = (timestamp: unknown) => Math.floor(Date.parse(String(timestamp)) / 1000)
const text = (value: unknown) => String(value)

/** The same news as Stripe sends it, under the same id; null for what it has no event for. */
export function toStripe({ id, type, timestamp, data }: Delivery): StripeEvent | null {
  const event = { id, object: 'event' as const, created: seconds(timestamp) }
  const session = SESSION_EVENTS[type]
  if (session)
    return { ...event, type: session.type, data: { object: toSession(data, session.payment_status) } }
  const dispute = DISPUTES[type]
  if (dispute) {
    const object = { ...moneyOf(data), id: data.dispute_id, object: 'dispute', status: dispute.status }
    return { ...event, type: dispute.type, data: { object } }
  }
  if (!type.startsWith('refund.')) return null
  const object = { ...moneyOf(data), id: data.refund_id, object: 'refund', status: data.status, metadata: {} }
  return { ...event, type: 'refund.updated', data: { object } }
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
    metadata: { user_id: 'u', package_id: 'pro', product_id: Object(item).product_id },
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
  const p_id = `stripe:${told.id}`
  const sent = { p_id, p_type: payload.type, p_payload: payload, p_provider: 'stripe' }
  return storeAndApply(engine, sent, translateEvent(payload).event)
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
