import { translateEvent } from '../../lib/payments/dodopayments/translate.ts'
import { DAY_MS } from '../../lib/time.ts'
import type { Engine, EngineResult } from './engine.ts'

/** A delivery of DodoPayments as it comes out of its signature: the envelope, under its webhook-id. */
export type Delivery = { id: string; type: string; timestamp: string; data: Record<string, unknown> }

/** When the stories of the tests begin: within the current month of a subscription, whenever they run. */
const START = Math.floor((Date.now() - DAY_MS) / 1000) * 1000

/** A moment `days` after the beginning of a story. */
export const day = (days: number) => new Date(START + days * DAY_MS).toISOString()

let counter = 0
/** An id nobody used before. */
export const newId = (prefix: string) => `${prefix}_${process.pid}_${++counter}`

/** What happened, at `day`, to an object that stood as `data` when it was told of. */
export function delivery(type: string, data: Record<string, unknown>, timestamp = day(0)): Delivery {
  return { id: newId('msg'), type, timestamp, data }
}

export type Buyer = { userId: string; customer: string }

export function paymentData({ customer }: Buyer, session: string | null, over: Record<string, unknown> = {}) {
  return {
    payload_type: 'Payment',
    payment_id: session ? `pay_of_${session}` : newId('pay'),
    checkout_session_id: session,
    customer: { customer_id: customer },
    status: 'succeeded',
    total_amount: 3999,
    currency: 'USD',
    subscription_id: null,
    product_cart: [{ product_id: 'pdt_pro', quantity: 1 }],
    created_at: day(0),
    error_message: null,
    ...over,
  }
}

export function refundData(payment: string, amount: number, over: Record<string, unknown> = {}) {
  return {
    payload_type: 'Refund',
    refund_id: `ref_${amount}_of_${payment}`,
    payment_id: payment,
    status: 'succeeded',
    amount,
    currency: 'USD',
    is_partial: true,
    reason: null,
    metadata: {},
    ...over,
  }
}

export function disputeData(payment: string, over: Record<string, unknown> = {}) {
  return {
    payload_type: 'Dispute',
    dispute_id: `dp_of_${payment}`,
    payment_id: payment,
    amount: '3999',
    currency: 'USD',
    ...over,
  }
}

export function subscriptionData({ customer }: Buyer, over: Record<string, unknown> = {}) {
  return {
    payload_type: 'Subscription',
    subscription_id: `sub_of_${customer}`,
    customer: { customer_id: customer },
    product_id: 'pdt_pro_monthly',
    quantity: 1,
    status: 'active',
    previous_billing_date: day(0),
    next_billing_date: day(30),
    created_at: day(0),
    cancel_at_next_billing_date: false,
    trial_period_days: 0,
    scheduled_change: null,
    ...over,
  }
}

/** A charge of a subscription: without a product, as DodoPayments tells of it. */
export function chargeData(buyer: Buyer, session: string | null, over: Record<string, unknown> = {}) {
  const subscription_id = `sub_of_${buyer.customer}`
  const charge = { subscription_id, total_amount: 2900, product_cart: null, ...over }
  return paymentData(buyer, session, charge)
}

/** Somebody known at the payment provider. */
export async function createBuyer(engine: Engine, { balance = 0 } = {}): Promise<Buyer> {
  const userId = await engine.createUser({ balance })
  const customer = newId('cus')
  await engine.call('link_customer', {
    p_user_id: userId,
    p_customer_id: customer,
    p_provider: 'dodopayments',
  })
  return { userId, customer }
}

/** Opens a checkout, as the server does before the browser leaves for it; gives the session's id. */
export async function openCheckout(
  engine: Engine,
  { userId, customer }: Buyer,
  packageId = 'pro',
): Promise<string> {
  const session = `cks_${packageId}_of_${customer}`
  await engine.call('record_checkout', {
    p_user_id: userId,
    p_package_id: packageId,
    p_checkout_session_id: session,
    p_provider: 'dodopayments',
  })
  return session
}

/** Keeps a delivery, translates it and applies it, as the webhook does after checking its signature. */
export async function receive(engine: Engine, told: Delivery): Promise<EngineResult> {
  const { id, ...payload } = told
  const sent = { p_id: id, p_type: told.type, p_payload: payload, p_provider: 'dodopayments' }
  return storeAndApply(engine, sent, translateEvent(payload).event)
}

/** Keeps what a provider sent, and applies the event it is; one without is ignored. */
export async function storeAndApply(
  engine: Engine,
  sent: { p_id: string; p_type: string; p_payload: object; p_provider: string },
  p_event: object | null,
): Promise<EngineResult> {
  const { p_id } = sent
  await engine.call('store_payment_event', sent)
  if (!p_event) return engine.call('finish_payment_event', { p_id, p_status: 'ignored' })
  return engine.call('apply_payment_event', { p_event_id: p_id, p_event })
}

/** The same delivery again, under an id of its own. */
export const copy = (told: Delivery): Delivery => ({ ...told, id: newId('msg') })

/** How the deliveries of a provider come in. */
export type Receive = typeof receive

/** Delivers all, in this order, and again what was refused, as providers do, until nothing more gets through. */
export async function receiveAll(
  engine: Engine,
  all: readonly Delivery[],
  receiveOne: Receive = receive,
): Promise<void> {
  let waiting = [...all]
  while (waiting.length > 0) {
    const refused: Delivery[] = []
    for (const told of waiting) if (!(await receiveOne(engine, told)).ok) refused.push(told)
    if (refused.length === waiting.length) {
      throw new Error(`Never accepted: ${refused.map(({ type }) => type).join(', ')}`)
    }
    waiting = refused
  }
}

/** What an accountant sees of somebody's money, the same for everybody with the same story. */
export async function records(
  { owner }: Engine,
  { userId, customer }: Buyer,
): Promise<Record<string, unknown>> {
  const [wallet] = await owner`
    select balance::int, debt::int from credits where user_id = ${userId} and credit_type = 'general'`
  const [profile] = await owner`select membership_tier as tier from profiles where id = ${userId}`
  const payments = await owner`
    select provider_payment_id as id, status, refunded_amount::int as refunded, dispute_status as dispute
    from payments where user_id = ${userId} order by provider_payment_id nulls last, status`
  const subscriptions = await owner`
    select status, package_id as package, cancel_at_period_end as cancelled, current_period_end as until
    from subscriptions where user_id = ${userId}`
  const periods = await owner`
    select p.period_start as start, p.package_id as package, t.amount::int as credits, m.provider_payment_id as payment,
      private.clawed_back(t.id)::int as taken_back
    from subscription_periods p
    join subscriptions s on s.id = p.subscription_id and s.user_id = ${userId}
    join credit_transactions t on t.id = p.transaction_id
    left join payments m on m.id = p.payment_id
    order by p.period_start`
  const purchases = await owner`
    select reference_id as payment, amount::int as credits, private.clawed_back(id)::int as taken_back
    from credit_transactions where user_id = ${userId} and type = 'purchase' and reference_id is not null
    order by reference_id`
  const mails = await owner`
    select kind, business_key as key from mails where user_id = ${userId}
    and kind not in ('low_balance', 'welcome') order by key`
  const all = { ...wallet, ...profile, payments, subscriptions, periods, purchases, mails }
  return JSON.parse(JSON.stringify(all).replaceAll(customer, 'them'))
}
