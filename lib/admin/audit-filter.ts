import { z } from 'zod'
import { choiceQuery, daysQuery, searchQuery } from './filters'
import { positionQuery } from './keyset'

/** What was done or refused, by the first word of its action. */
export const AUDIT_ACTIONS = {
  credits: 'Credits',
  payment: 'Payments',
  refund: 'Refunds',
  dispute: 'Disputes',
  subscription: 'Subscriptions',
  membership: 'Memberships',
  checkout: 'Checkouts',
  webhook: 'Replays',
  delivery: 'Deliveries',
} as const

const query = z.object({
  /** A part of the address of whom it was done to. */
  q: searchQuery,
  action: choiceQuery([
    'credits',
    'payment',
    'refund',
    'dispute',
    'subscription',
    'membership',
    'checkout',
    'webhook',
    'delivery',
  ]),
  by: choiceQuery(['admins', 'system']),
  outcome: choiceQuery(['success', 'failure']),
  ...daysQuery,
  ...positionQuery,
})

/** Which entries of the audit trail a list shows, and from where. */
export type AuditFilter = z.output<typeof query>

/** Reads the filter from the query of a page. What makes no sense counts as not given. */
export function parseAuditFilter(params: Record<string, string | string[] | undefined>): AuditFilter {
  return query.parse(params)
}
