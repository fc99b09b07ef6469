import { expect } from 'vitest'
import { day, delivery, disputeData, paymentData, refundData } from './events.ts'
import { DONE, NOTHING_YET, OPEN, RECEIPT, type Scene, type Story } from './story.ts'

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

/** One for every event about a purchase that moves credits. */
export const PAYMENT_STORIES: Story[] = [
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
      mails: [{ kind: 'dispute', key: expect.stringContaining('opened') }, RECEIPT],
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
      mails: [
        { kind: 'dispute', key: expect.stringContaining('ended') },
        { kind: 'dispute', key: expect.stringContaining('opened') },
        RECEIPT,
      ],
    },
  })),
]
