import 'server-only'
import { z } from 'zod'
import { listCreditTypes } from '@/lib/credits/credit-types'
import { readFunction } from '@/lib/supabase/call-function'
import { toUserCriteria, type UserFilter } from './user-filter'
import { userState } from './user-state'

const ROWS = 25

const summary = userState.extend({ key: z.coerce.string() })

/** A user as lists show them. `key` is what the list is sorted by. */
export type UserSummary = z.output<typeof summary>

const found = z.object({ users: z.array(summary), total: z.int(), skipped: z.int() })

/** One page of users: `first` to `last` of `total`, which is 10,001 for more than 10,000. */
export type UserPage = {
  rows: UserSummary[]
  first: number
  last: number
  total: number
  /** The cursors of the pages on either side. */
  previous: string | null
  next: string | null
}

/**
 * The users a filter leaves, for an admin: the caller checks that it is one, since roles and sessions are no rows of
 * the Data API. Throws when the database does not answer.
 */
export async function listUsers(filter: UserFilter): Promise<UserPage> {
  const { before, after } = filter
  const from = after ?? before
  const [main] = await listCreditTypes()
  const answer = await readFunction('search_users', {
    p_filter: toUserCriteria(filter, main?.id ?? ''),
    p_sort: filter.sort ?? 'newest',
    p_limit: ROWS,
    ...(from && { p_key: from.key, p_id: from.id, p_backwards: after !== undefined }),
  })
  const { users: rows, total, skipped } = found.parse(answer)
  // Fewer than a page above: that is the first page, and it is shown whole.
  if (after && rows.length < ROWS) return listUsers({ ...filter, after: undefined, before: undefined })
  const last = skipped + rows.length
  const cursorOf = (row: UserSummary | undefined) => (row ? `${row.key}~${row.id}` : null)
  return {
    rows,
    first: skipped + 1,
    last,
    total,
    previous: skipped > 0 ? cursorOf(rows[0]) : null,
    next: last < total ? cursorOf(rows.at(-1)) : null,
  }
}
