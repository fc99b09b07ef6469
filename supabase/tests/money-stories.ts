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
} from './deliveries.ts'

/** Somebody with a checkout open for the package pro and one for the plan pro-monthly. */
export type Scene = { buyer: Buyer; session: string; planSession: string }

export type Story = {
  /** What is told, and how it is special. */
  name: string
  before: (scene: Scene) => Delivery[]
  told: (scene: Scene) => Delivery
  /** What would be told next. */
  successor: (scene: Scene) => Delivery
  /** The books once it was told. */
  expected: Record<string, unknown>
}

const paid = ({ buyer, session }: Scene) => delivery('payment.succeeded', paymentData(buyer, session))
const bought = (scene: Scene) => [paid(scene)]
const paymentId = ({ session }: Scene) => `pay_of_${session}`

const payment =
  (status: string, over = {}) =>
  (scene: Scene) =>
    delivery(
      `payment.${status}`,
      paymentData(scene.buyer, scene.session, { error_message: 'Declined.', ...over }),
    )
const anotherCard = (scene: Scene) =>
  delivery(
    'payment.succeeded',
    paymentData(scene.buyer, scene.session, { payment_id: `pay_second_of_${scene.session}` }),
  )
const refund =
  (status: string, amount: number, over = {}) =>
  (scene: Scene) =>
    delivery(`refund.${status}`, refundData(paymentId(scene), amount, { status, ...over }))
const dispute =
  (status: string, at = 1) =>
  (scene: Scene) =>
    delivery(`dispute.${status}`, disputeData(paymentId(scene)), day(at))
const disputed = (scene: Scene) => [paid(scene), dispute('opened')(scene)]

const plan =
  (type: string, at: number, over = {}) =>
  (scene: Scene) =>
    delivery(`subscription.${type}`, subscriptionData(scene.buyer, over), day(at))
const charge = (scene: Scene) => delivery('payment.succeeded', chargeData(scene.buyer, scene.planSession))
const subscribed = (scene: Scene) => [charge(scene), plan('active', 0)(scene), plan('renewed', 0)(scene)]
const SECOND_MONTH = { previous_billing_date: day(30), next_billing_date: day(60) }
const ENTERPRISE = { product_id: 'pdt_enterprise_monthly' }
const NEW_PERIOD = { ...ENTERPRISE, previous_billing_date: day(3), next_billing_date: day(33) }
const TRIAL = { trial_period_days: 14, next_billing_date: day(14) }

const OPEN = { status: 'pending' }
const DONE = { status: 'succeeded', refunded: 0, dispute: null }
const NOTHING_YET = { balance: 0, debt: 0, tier: null, periods: [], purchases: [] }
const RECEIPT = { kind: 'receipt' }

/** One for every event that moves credits or access. */
export const STORIES: Story[] = [
  {
    name: 'payment.processing',
    before: () => [],
    told: payment('processing'),
    successor: paid,
    expected: { ...NOTHING_YET, payments: [{ status: 'processing' }, OPEN] },
  },
  {
    name: 'payment.succeeded',
    before: () => [],
    told: paid,
    successor: payment('processing'),
    expected: { balance: 500, payments: [DONE, OPEN], purchases: [{ credits: 500 }], mails: [RECEIPT] },
  },
  {
    name: 'payment.failed',
    before: () => [],
    told: payment('failed'),
    successor: anotherCard,
    expected: { ...NOTHING_YET, payments: [{ status: 'failed' }, OPEN], mails: [] },
  },
  {
    name: 'payment.cancelled',
    before: () => [],
    told: payment('cancelled'),
    successor: anotherCard,
    expected: { ...NOTHING_YET, payments: [{ status: 'cancelled' }, OPEN] },
  },
  {
    name: 'refund.succeeded, of a part',
    before: bought,
    told: refund('succeeded', 1000),
    successor: refund('succeeded', 2999),
    expected: {
      balance: 375,
      payments: [{ status: 'succeeded', refunded: 1000 }, OPEN],
      purchases: [{ credits: 500, taken_back: 125 }],
    },
  },
  {
    name: 'refund.succeeded, of more than was paid',
    before: bought,
    told: refund('succeeded', 5000),
    successor: refund('succeeded', 1),
    expected: { balance: 0, debt: 0, purchases: [{ credits: 500, taken_back: 500 }] },
  },
  {
    name: 'refund.succeeded, of the whole, converted to less',
    before: bought,
    told: refund('succeeded', 3700, { is_partial: false }),
    successor: dispute('opened'),
    expected: { balance: 0, debt: 0, purchases: [{ taken_back: 500 }], mails: [RECEIPT, { kind: 'refund' }] },
  },
  {
    name: 'refund.failed',
    before: bought,
    told: refund('failed', 1000),
    successor: refund('succeeded', 2999),
    expected: { balance: 500, payments: [DONE, OPEN], purchases: [{ taken_back: 0 }] },
  },
  ...['opened', 'challenged', 'lost', 'accepted', 'expired'].map((status, index) => ({
    name: `dispute.${status}`,
    before: index === 0 ? bought : disputed,
    told: dispute(status, 2),
    successor: index < 2 ? dispute('won', 3) : refund('succeeded', 3999, { is_partial: false }),
    expected: {
      balance: 0,
      debt: 0,
      payments: [{ status: 'succeeded', dispute: status }, OPEN],
      purchases: [{ taken_back: 500 }],
    },
  })),
  ...['won', 'cancelled'].map((status) => ({
    name: `dispute.${status}`,
    before: disputed,
    told: dispute(status, 2),
    successor: refund('succeeded', 1000),
    expected: {
      balance: 500,
      debt: 0,
      payments: [{ status: 'succeeded', dispute: status }, OPEN],
      purchases: [{ taken_back: 0 }],
    },
  })),
  {
    name: 'subscription.active',
    before: () => [],
    told: plan('active', 0),
    successor: plan('renewed', 0),
    expected: { ...NOTHING_YET, tier: 'pro', subscriptions: [{ status: 'active', package: 'pro-monthly' }] },
  },
  {
    name: 'subscription.active, as a trial',
    before: () => [],
    told: plan('active', 0, TRIAL),
    successor: plan('renewed', 14, {
      trial_period_days: 14,
      previous_billing_date: day(14),
      next_billing_date: day(44),
    }),
    expected: { ...NOTHING_YET, tier: 'pro', subscriptions: [{ status: 'active' }] },
  },
  {
    name: 'payment.succeeded, of nothing, for a trial',
    before: (scene) => [plan('active', 0, TRIAL)(scene)],
    told: ({ buyer, planSession }) =>
      delivery('payment.succeeded', chargeData(buyer, planSession, { total_amount: 0 })),
    successor: plan('renewed', 0, TRIAL),
    expected: { ...NOTHING_YET, tier: 'pro', payments: [DONE, OPEN], mails: [] },
  },
  {
    name: 'subscription.renewed, the first time',
    before: (scene) => [charge(scene), plan('active', 0)(scene)],
    told: plan('renewed', 0),
    successor: plan('renewed', 30, SECOND_MONTH),
    expected: { balance: 500, tier: 'pro', periods: [{ credits: 500, taken_back: 0 }], mails: [RECEIPT] },
  },
  {
    name: 'subscription.renewed, once more',
    before: subscribed,
    told: plan('renewed', 30, SECOND_MONTH),
    successor: plan('cancelled', 31, { ...SECOND_MONTH, cancel_at_next_billing_date: true }),
    expected: { balance: 1000, tier: 'pro', periods: [{ credits: 500 }, { credits: 500 }] },
  },
  {
    name: 'payment.succeeded, of a renewal',
    before: (scene) => [...subscribed(scene), plan('renewed', 30, SECOND_MONTH)(scene)],
    told: ({ buyer }) =>
      delivery(
        'payment.succeeded',
        chargeData(buyer, null, { payment_id: `pay_again_of_${buyer.customer}`, created_at: day(30) }),
      ),
    successor: (scene) =>
      delivery(
        'refund.succeeded',
        refundData(`pay_again_of_${scene.buyer.customer}`, 2900, { is_partial: false }),
      ),
    expected: {
      balance: 1000,
      periods: [{ credits: 500 }, { payment: 'pay_again_of_them' }],
      mails: [RECEIPT, RECEIPT],
    },
  },
  {
    name: 'payment.failed, of a renewal',
    before: subscribed,
    told: ({ buyer }) =>
      delivery('payment.failed', chargeData(buyer, null, { payment_id: `pay_again_of_${buyer.customer}` })),
    successor: plan('on_hold', 30),
    expected: { balance: 500, tier: 'pro', payments: [{ status: 'failed' }, DONE, OPEN] },
  },
  {
    name: 'payment.succeeded, of the difference of a plan change',
    before: subscribed,
    told: ({ buyer }) =>
      delivery(
        'payment.succeeded',
        chargeData(buyer, null, { payment_id: `pay_difference_of_${buyer.customer}`, created_at: day(3) }),
      ),
    successor: plan('plan_changed', 3, ENTERPRISE),
    expected: {
      balance: 500,
      periods: [{ credits: 500, payment: 'pay_of_cks_pro-monthly_of_them' }],
      mails: [RECEIPT],
    },
  },
  {
    name: 'payment.succeeded, of a difference hours after the charge, and told of before it',
    before: ({ buyer, ...scene }) => [
      plan('active', 0)({ buyer, ...scene }),
      plan('renewed', 0)({ buyer, ...scene }),
    ],
    told: ({ buyer }) =>
      delivery(
        'payment.succeeded',
        chargeData(buyer, null, { payment_id: `pay_difference_of_${buyer.customer}`, created_at: day(0.2) }),
      ),
    successor: charge,
    expected: { balance: 500, periods: [{ credits: 500, payment: 'pay_difference_of_them' }] },
  },
  {
    name: 'refund.succeeded, of a charge of a plan',
    before: subscribed,
    told: ({ planSession }) =>
      delivery('refund.succeeded', refundData(`pay_of_${planSession}`, 2900, { is_partial: false })),
    successor: plan('cancelled', 1, { status: 'cancelled' }),
    expected: { balance: 0, periods: [{ credits: 500, taken_back: 500 }] },
  },
  {
    name: 'subscription.on_hold',
    before: subscribed,
    told: plan('on_hold', 30),
    successor: plan('active', 31, SECOND_MONTH),
    expected: {
      balance: 500,
      tier: null,
      subscriptions: [{ status: 'on_hold' }],
      mails: [RECEIPT, { kind: 'renewal_failed' }],
    },
  },
  {
    name: 'subscription.past_due',
    before: subscribed,
    told: plan('past_due', 30),
    successor: plan('active', 32, SECOND_MONTH),
    expected: { balance: 500, tier: 'pro', subscriptions: [{ status: 'past_due' }] },
  },
  {
    name: 'subscription.cancelled, now',
    before: subscribed,
    told: plan('cancelled', 3, { status: 'cancelled' }),
    successor: plan('expired', 30, { status: 'expired' }),
    expected: { balance: 500, tier: null, subscriptions: [{ status: 'cancelled', cancelled: false }] },
  },
  {
    name: 'subscription.cancelled, at the end of the period',
    before: subscribed,
    told: plan('cancelled', 3, { cancel_at_next_billing_date: true }),
    successor: plan('updated', 4),
    expected: { balance: 500, tier: 'pro', subscriptions: [{ status: 'active', cancelled: true }] },
  },
  ...['expired', 'failed'].map((status) => ({
    name: `subscription.${status}`,
    before: (scene: Scene) => [plan('active', 0)(scene)],
    told: plan(status, 30, { status }),
    successor: plan('updated', 31, { status }),
    expected: { ...NOTHING_YET, subscriptions: [{ status }] },
  })),
  {
    name: 'subscription.paused',
    before: subscribed,
    told: plan('paused', 3, { status: 'paused' }),
    successor: plan('unpaused', 4),
    expected: { balance: 500, tier: null, subscriptions: [{ status: 'paused' }] },
  },
  {
    name: 'subscription.unpaused',
    before: (scene) => [...subscribed(scene), plan('paused', 3, { status: 'paused' })(scene)],
    told: plan('unpaused', 4),
    successor: plan('renewed', 30, SECOND_MONTH),
    expected: { balance: 500, tier: 'pro', subscriptions: [{ status: 'active' }] },
  },
  {
    name: 'subscription.plan_changed, which begins a period',
    before: subscribed,
    told: plan('plan_changed', 3, NEW_PERIOD),
    successor: plan('renewed', 3, NEW_PERIOD),
    expected: {
      balance: 3500,
      tier: 'enterprise',
      subscriptions: [{ package: 'enterprise-monthly' }],
      periods: [{ credits: 500 }, { credits: 3000 }],
    },
  },
  {
    name: 'subscription.plan_changed, within the period',
    before: subscribed,
    told: plan('plan_changed', 3, ENTERPRISE),
    successor: plan('renewed', 30, { ...ENTERPRISE, ...SECOND_MONTH }),
    expected: { balance: 500, tier: 'enterprise', periods: [{ credits: 500 }] },
  },
  {
    name: 'subscription.updated',
    before: subscribed,
    told: plan('updated', 3, { next_billing_date: day(35) }),
    successor: plan('cancelled', 5, { next_billing_date: day(35), cancel_at_next_billing_date: true }),
    expected: { balance: 500, tier: 'pro', subscriptions: [{ status: 'active', until: day(35) }] },
  },
]
