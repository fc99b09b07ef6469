import { z } from 'zod'
import { choiceQuery, daysQuery, searchQuery } from './filters'
import { positionQuery } from './keyset'

/** What was done or refused, by the first word of its action. */
export const AUDIT_ACTIONS = {
  credits: 'Credits',
  payment: 'Payments',
  payment_refund: 'Payment refunds',
  dispute: 'Disputes',
  subscription: 'Subscriptions',
  membership: 'Memberships',
  checkout: 'Checkouts',
  event: 'Payment events',
  customer: 'Customers',
  tool: 'Tools',
  account: 'Accounts',
  role: 'Roles',
  session: 'Sessions',
  mails: 'Mails',
  signup_bonus: 'Sign-up bonuses',
  gift_batch: 'Gifts to many',
  api_key: 'API keys',
  run: 'Runs',
  package: 'Packages',
  reconciliation: 'Reconciliations',
} as const

type AuditedKind = keyof typeof AUDIT_ACTIONS

const query = z.object({
  /** An id, or a part of the name or address, of whom it was done to. */
  q: searchQuery,
  action: z
    .string()
    .refine((kind): kind is AuditedKind => Object.hasOwn(AUDIT_ACTIONS, kind))
    .optional()
    .catch(undefined),
  by: choiceQuery(['admins', 'system']),
  outcome: choiceQuery(['success', 'failure']),
  ...daysQuery,
  ...positionQuery('number'),
})

/** Which entries of the audit trail a list shows, and from where. */
export type AuditFilter = z.output<typeof query>

/** Reads the filter from the query of a page. What makes no sense counts as not given. */
export function parseAuditFilter(params: Record<string, string | string[] | undefined>): AuditFilter {
  return query.parse(params)
}
