import { z } from 'zod'
import { packageId } from '@/lib/catalog/package-id'
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
  charged: { label: 'Charged', states: null },
  charged_refunded: { label: 'Charged, refunded since', states: null },
  charged_disputed: { label: 'Charged, disputed since', states: null },
} as const

/** Those that the figures of the business count: more than nothing was charged, and their days are those of the charge. */
export function isOfCharges(status: keyof typeof PAYMENT_STATUSES | undefined): boolean {
  return status?.startsWith('charged') ?? false
}

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
    'charged',
    'charged_refunded',
    'charged_disputed',
  ]),
  kind: choiceQuery(['one_time', 'subscription']),
  package: packageId.optional().catch(undefined),
  ...daysQuery,
  ...positionQuery('uuid'),
})

/** Which payments a list shows, and from where. */
export type PaymentFilter = z.output<typeof query>

/** Reads the filter from the query of a page. What makes no sense counts as not given. */
export function parsePaymentFilter(params: Record<string, string | string[] | undefined>): PaymentFilter {
  return query.parse(params)
}
