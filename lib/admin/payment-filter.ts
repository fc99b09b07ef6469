import { z } from 'zod'
import { choiceQuery, daysQuery, searchQuery } from './filters'
import { positionQuery } from './keyset'

/** What a payment may be asked to be, each with the states of `payment_overview` that count as it, if states tell. */
export const PAYMENT_STATUSES = {
  undecided: { label: 'Undecided', states: ['pending', 'processing'] },
  abandoned: { label: 'Abandoned checkouts', states: ['abandoned'] },
  paid: { label: 'Paid', states: ['succeeded'] },
  failed: { label: 'Failed or canceled', states: ['failed', 'cancelled'] },
  refunded: { label: 'Refunded', states: ['refunded', 'partly_refunded'] },
  refund_pending: { label: 'Refund pending', states: null },
  disputed: { label: 'Disputed', states: ['disputed'] },
  dispute_lost: { label: 'Dispute lost', states: ['dispute_lost'] },
} as const

/** What was paid for, by the kind of the package. */
export const PAYMENT_KINDS = { one_time: 'One time', subscription: 'Subscription' } as const

const query = z.object({
  q: searchQuery,
  status: choiceQuery([
    'undecided',
    'abandoned',
    'paid',
    'failed',
    'refunded',
    'refund_pending',
    'disputed',
    'dispute_lost',
  ]),
  kind: choiceQuery(['one_time', 'subscription']),
  ...daysQuery,
  ...positionQuery('uuid'),
})

/** Which payments a list shows, and from where. */
export type PaymentFilter = z.output<typeof query>

/** Reads the filter from the query of a page. What makes no sense counts as not given. */
export function parsePaymentFilter(params: Record<string, string | string[] | undefined>): PaymentFilter {
  return query.parse(params)
}
