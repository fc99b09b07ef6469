import { z } from 'zod'
import { MEMBERSHIP_TIERS, TIER_NAMES } from '@/lib/tiers'
import { timestamp } from '@/lib/timestamp'
import { choiceQuery, searchQuery } from './filters'

export const USER_STATES = { open: 'Open', banned: 'Banned', closed: 'Closed', admin: 'Admins' } as const

/** The memberships to choose from. */
export const USER_TIERS = { none: 'None', ...TIER_NAMES } as const

/** Whole credits; an empty field of a form is one that was not filled in. */
const balanceQuery = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number)
  .optional()
  .catch(undefined)

/** The value a list is sorted by and the id of its outermost row, as `2026-11-21T09:00:00+00:00~<uuid>`. */
const cursor = z
  .string()
  .transform((text) => /^([^~]+)~(.+)$/.exec(text)?.slice(1))
  .pipe(z.tuple([z.union([timestamp, z.string().regex(/^\d{1,16}$/)]), z.uuid()]))
  .transform(([key, id]) => ({ key, id }))
  .optional()
  .catch(undefined)

const query = z
  .object({
    /** An id, or a part of the name or address. */
    q: searchQuery,
    tier: choiceQuery(['none', ...MEMBERSHIP_TIERS]),
    state: choiceQuery(['open', 'banned', 'closed', 'admin']),
    debt: choiceQuery(['yes']),
    min: balanceQuery,
    max: balanceQuery,
    sort: choiceQuery(['balance', 'spent', 'debt']),
    before: cursor,
    after: cursor,
  })
  .transform(({ before, after, ...filter }) => {
    // A timestamp places nobody in a list of numbers, nor a number in one of timestamps.
    const fits = (at: typeof before) => at && /^\d+$/.test(at.key) === (filter.sort !== undefined)
    return {
      ...filter,
      before: fits(before) ? before : undefined,
      after: fits(after) ? after : undefined,
    }
  })

/** Which users a list shows, in which order, and from where. */
export type UserFilter = z.output<typeof query>

/** Reads the filter from the query of a page. What makes no sense counts as not given. */
export function parseUserFilter(params: Record<string, string | string[] | undefined>): UserFilter {
  return query.parse(params)
}

/** What stays in the address from page to page, and whether it leaves anybody out. */
export function withoutUserPosition({ before, after, ...filter }: UserFilter) {
  const kept = { ...filter, min: filter.min?.toString(), max: filter.max?.toString() }
  const { sort, ...conditions } = kept
  return { kept, active: Object.values(conditions).some((value) => value !== undefined) }
}

/** The filter as the database takes it. `creditType` is the wallet whose balance is meant. */
export function toUserCriteria({ q, tier, state, debt, min, max }: UserFilter, creditType: string) {
  return {
    search: q ?? null,
    tier: tier ?? null,
    state: state ?? null,
    in_debt: debt ? true : null,
    min_balance: min ?? null,
    max_balance: max ?? null,
    credit_type: creditType,
  }
}
