import fc from 'fast-check'
import {
  type Buyer,
  chargeData,
  type Delivery,
  day,
  delivery,
  disputeData,
  paymentData,
  refundData,
  subscriptionData,
} from './events.ts'

type Refund = { amount: number; whole: boolean; failed: boolean }
type Purchase = {
  processing: boolean
  declined: boolean
  refunds: Refund[]
  dispute: string | null
}
type Plan = {
  trial: boolean
  periods: number
  changes: boolean
  refunded: number | null
  end: 'none' | 'later' | 'now' | 'on_hold' | 'recovered' | 'paused'
}

/** What happened to one person's money; `spent` of the first purchase was used up before anything else. */
export type History = { spent: number; purchases: Purchase[]; plan: Plan | null }

const refund = fc.record({
  amount: fc.integer({ min: 1, max: 4500 }),
  whole: fc.boolean(),
  failed: fc.boolean(),
})
const purchase = fc.record({
  processing: fc.boolean(),
  declined: fc.boolean(),
  refunds: fc.array(refund, { maxLength: 3 }),
  dispute: fc.option(
    fc.constantFrom('opened', 'challenged', 'won', 'cancelled', 'lost', 'accepted', 'expired'),
  ),
})
const plan = fc.record({
  trial: fc.boolean(),
  periods: fc.integer({ min: 1, max: 3 }),
  changes: fc.boolean(),
  refunded: fc.option(fc.integer({ min: 1, max: 2900 })),
  end: fc.constantFrom('none', 'later', 'now', 'on_hold', 'recovered', 'paused'),
})

export const history: fc.Arbitrary<History> = fc.record({
  spent: fc.integer({ min: 0, max: 500 }),
  purchases: fc.array(purchase, { minLength: 1, maxLength: 3 }),
  plan: fc.option(plan, { freq: 3 }),
})

/** Everything that is told of a history, in the order it happened. `sessions` are open checkouts for pro. */
export function tell(story: History, buyer: Buyer, sessions: string[], planSession: string): Delivery[] {
  const purchases = story.purchases.flatMap((one, index) => tellPurchase(one, buyer, sessions[index] ?? ''))
  return [...purchases, ...(story.plan ? tellPlan(story.plan, buyer, planSession) : [])]
}

function tellPurchase({ processing, declined, refunds, dispute }: Purchase, buyer: Buyer, session: string) {
  const paymentId = `pay_of_${session}`
  const told: Delivery[] = []
  if (declined) {
    told.push(
      delivery('payment.failed', paymentData(buyer, session, { payment_id: `${paymentId}_declined` })),
    )
  }
  if (processing) told.push(delivery('payment.processing', paymentData(buyer, session)))
  told.push(delivery('payment.succeeded', paymentData(buyer, session)))
  for (const [index, { amount, whole, failed }] of refunds.entries()) {
    const data = refundData(paymentId, amount, {
      refund_id: `ref_${index}_of_${paymentId}`,
      is_partial: !whole,
      status: failed ? 'failed' : 'succeeded',
    })
    told.push(delivery(`refund.${data.status}`, data))
  }
  if (dispute) {
    told.push(delivery('dispute.opened', disputeData(paymentId), day(1)))
    if (dispute !== 'opened') told.push(delivery(`dispute.${dispute}`, disputeData(paymentId), day(2)))
  }
  return told
}

const MONTH = 30
const TRIAL_DAYS = 14

function tellPlan(
  { trial, periods, changes, refunded, end }: Plan,
  buyer: Buyer,
  session: string,
): Delivery[] {
  const told: Delivery[] = []
  const first = trial ? TRIAL_DAYS : 0
  let state: Record<string, unknown> = trial
    ? { trial_period_days: TRIAL_DAYS, next_billing_date: day(first) }
    : {}
  const say = (type: string, at: number, over = {}) => {
    state = { ...state, ...over }
    told.push(delivery(`subscription.${type}`, subscriptionData(buyer, state), day(at)))
  }
  const charge = (at: number, firstOne: boolean, amount: number) =>
    told.push(
      delivery(
        'payment.succeeded',
        chargeData(buyer, firstOne ? session : null, {
          payment_id: `pay_${at}_of_${session}`,
          total_amount: amount,
          created_at: day(at),
        }),
      ),
    )
  say('active', 0)
  if (trial) charge(0, true, 0)
  for (let period = 0; period < periods; period++) {
    const at = first + period * MONTH
    charge(at, at === 0, 2900)
    say('renewed', at, { previous_billing_date: day(at), next_billing_date: day(at + MONTH) })
  }
  let last = first + (periods - 1) * MONTH
  if (changes) {
    last += 5
    charge(last, false, 14900)
    const changed = { product_id: 'pdt_enterprise_monthly', previous_billing_date: day(last) }
    say('plan_changed', last, { ...changed, next_billing_date: day(last + MONTH) })
    say('renewed', last)
  }
  if (refunded !== null) {
    told.push(delivery('refund.succeeded', refundData(`pay_${first}_of_${session}`, refunded)))
  }
  if (end === 'later') {
    say('cancelled', last + 6, { cancel_at_next_billing_date: true })
    say('expired', last + MONTH, { status: 'expired' })
  }
  if (end === 'now') say('cancelled', last + 6, { status: 'cancelled' })
  if (end === 'paused') say('paused', last + 6, { status: 'paused' })
  if (end === 'on_hold' || end === 'recovered') say('on_hold', last + MONTH, { status: 'on_hold' })
  if (end === 'recovered') {
    const at = last + MONTH + 1
    charge(at, false, changes ? 14900 : 2900)
    say('active', at, {
      status: 'active',
      previous_billing_date: day(at),
      next_billing_date: day(at + MONTH),
    })
    say('renewed', at)
  }
  return told
}
