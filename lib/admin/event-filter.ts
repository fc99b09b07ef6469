import { z } from 'zod'
import { choiceQuery } from './filters'
import { positionQuery } from './keyset'

export const EVENT_STATUSES = {
  received: 'Received',
  processed: 'Processed',
  ignored: 'Ignored',
  failed: 'Failed',
  review: 'In review',
} as const

/** What events are about, by the first word of their type. */
export const EVENT_TYPES = {
  payment: 'Payments',
  subscription: 'Subscriptions',
  refund: 'Payment refunds',
  dispute: 'Disputes',
} as const

/** Where events come from: sent by the provider, answered when it was asked, or found by a reconciliation. */
export const EVENT_SOURCES = { webhook: 'Webhook', api: 'API', reconciliation: 'Reconciliation' } as const

const query = z.object({
  /** The id of an event, or of something it is about. */
  q: z
    .string()
    .trim()
    .regex(/^[\w:.-]{1,255}$/)
    .optional()
    .catch(undefined),
  status: choiceQuery(['received', 'processed', 'ignored', 'failed', 'review']),
  type: choiceQuery(['payment', 'subscription', 'refund', 'dispute']),
  source: choiceQuery(['webhook', 'api', 'reconciliation']),
  ...positionQuery('text'),
})

/** Which events a list shows, and from where. */
export type EventFilter = z.output<typeof query>

/** Reads the filter from the query of a page. What makes no sense counts as not given. */
export function parseEventFilter(params: Record<string, string | string[] | undefined>): EventFilter {
  return query.parse(params)
}
