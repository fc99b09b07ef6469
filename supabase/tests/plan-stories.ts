import { expect } from 'vitest'
import { chargeData, day, delivery, refundData, subscriptionData } from './events.ts'
import { DONE, NOTHING_YET, OPEN, RECEIPT, type Scene, STARTED, type Story } from './story.ts'

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

/** One for every event about a plan that moves credits or access. */
export const PLAN_STORIES: Story[] = [
  {
    name: 'subscription.active',
    before: () => [],
    told: plan('active', 0),
    successor: plan('renewed', 0),
    expected: {
      ...NOTHING_YET,
      tier: 'pro',
      subscriptions: [{ status: 'active', package: 'pro-monthly' }],
      mails: [STARTED],
    },
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
    expected: { ...NOTHING_YET, tier: 'pro', payments: [DONE, OPEN], mails: [STARTED] },
  },
  {
    name: 'subscription.renewed, the first time',
    before: (scene) => [charge(scene), plan('active', 0)(scene)],
    told: plan('renewed', 0),
    successor: plan('renewed', 30, SECOND_MONTH),
    expected: {
      balance: 500,
      tier: 'pro',
      periods: [{ credits: 500, taken_back: 0 }],
      mails: [STARTED, RECEIPT],
    },
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
      mails: [STARTED, RECEIPT, RECEIPT],
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
      mails: [STARTED, RECEIPT],
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
      mails: [STARTED, RECEIPT, { kind: 'renewal_failed' }],
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
    expected: {
      balance: 500,
      tier: null,
      subscriptions: [{ status: 'cancelled', cancelled: false }],
      mails: [{ kind: 'plan_cancelled' }, STARTED, RECEIPT],
    },
  },
  {
    name: 'subscription.cancelled, at the end of the period',
    before: subscribed,
    told: plan('cancelled', 3, { cancel_at_next_billing_date: true }),
    successor: plan('updated', 4),
    expected: {
      balance: 500,
      tier: 'pro',
      subscriptions: [{ status: 'active', cancelled: true }],
      mails: [{ kind: 'plan_cancelled' }, STARTED, RECEIPT],
    },
  },
  ...['expired', 'failed'].map((status) => ({
    name: `subscription.${status}`,
    before: (scene: Scene) => [plan('active', 0)(scene)],
    told: plan(status, 30, { status }),
    successor: plan('updated', 31, { status }),
    expected: { ...NOTHING_YET, subscriptions: [{ status }], mails: [{ kind: 'plan_cancelled' }, STARTED] },
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
    expected: { balance: 500, tier: 'pro', subscriptions: [{ status: 'active' }], mails: [STARTED, RECEIPT] },
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
      // The charge of the new period is reported later, or with it: that is as the provider does.
      mails: expect.arrayContaining([
        expect.objectContaining({ kind: 'plan_changed' }),
        expect.objectContaining(STARTED),
      ]),
    },
  },
  {
    name: 'subscription.plan_changed, within the period',
    before: subscribed,
    told: plan('plan_changed', 3, ENTERPRISE),
    successor: plan('renewed', 30, { ...ENTERPRISE, ...SECOND_MONTH }),
    expected: {
      balance: 500,
      tier: 'enterprise',
      periods: [{ credits: 500 }],
      mails: [{ kind: 'plan_changed' }, STARTED, RECEIPT],
    },
  },
  {
    name: 'subscription.updated',
    before: subscribed,
    told: plan('updated', 3, { next_billing_date: day(35) }),
    successor: plan('cancelled', 5, { next_billing_date: day(35), cancel_at_next_billing_date: true }),
    expected: {
      balance: 500,
      tier: 'pro',
      subscriptions: [{ status: 'active', until: day(35) }],
      mails: [STARTED, RECEIPT],
    },
  },
]
