import { z } from 'zod'
import { choiceQuery } from './filters'
import { positionQuery } from './keyset'

export const DELIVERY_STATUSES = {
  received: 'Received',
  processed: 'Processed',
  ignored: 'Ignored',
  failed: 'Failed',
} as const

/** What events of the inbox are about, by the first word of their type. */
export const DELIVERY_TYPES = {
  payment: 'Payments',
  subscription: 'Subscriptions',
  refund: 'Refunds',
  dispute: 'Disputes',
  answer: 'Answers we asked for',
  reconcile: 'Reconciliation',
} as const

const query = z.object({
  /** The id of a delivery, or of something it tells of. */
  q: z
    .string()
    .trim()
    .regex(/^[\w:.-]{1,255}$/)
    .optional()
    .catch(undefined),
  status: choiceQuery(['received', 'processed', 'ignored', 'failed']),
  type: choiceQuery(['payment', 'subscription', 'refund', 'dispute', 'answer', 'reconcile']),
  ...positionQuery,
})

/** Which deliveries a list shows, and from where. */
export type DeliveryFilter = z.output<typeof query>

/** Reads the filter from the query of a page. What makes no sense counts as not given. */
export function parseDeliveryFilter(params: Record<string, string | string[] | undefined>): DeliveryFilter {
  return query.parse(params)
}
