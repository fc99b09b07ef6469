import { z } from 'zod'
import { SUBSCRIPTION_STATUSES } from '@/lib/payments/events/payment-event'
import { choiceQuery, searchQuery } from './filters'
import { positionQuery } from './keyset'

const query = z.object({
  q: searchQuery,
  status: choiceQuery(SUBSCRIPTION_STATUSES),
  /** Of plans that began beside a live one: those that are not ended and refunded yet, or those that are. */
  surplus: choiceQuery(['open', 'closed']),
  /** The id of a package. */
  plan: z
    .string()
    .regex(/^[a-z][a-z0-9_-]{0,39}$/)
    .optional()
    .catch(undefined),
  ...positionQuery('uuid'),
})

/** Which subscriptions a list shows, and from where. */
export type SubscriptionFilter = z.output<typeof query>

/** Reads the filter from the query of a page. What makes no sense counts as not given. */
export function parseSubscriptionFilter(
  params: Record<string, string | string[] | undefined>,
): SubscriptionFilter {
  return query.parse(params)
}
