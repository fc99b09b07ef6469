import { z } from 'zod'
import { isStorable } from '@/lib/http/postgres-text'
import { withoutEmpty } from '@/lib/http/without-empty-parameters'
import { day } from '@/lib/timestamp'
import { addDays, dayInZone, startOfDayInZone } from '@/lib/zone-days'
import { LEDGER_VIEWS, type LedgerView, parseLedgerView } from './ledger-view'

/** The days a list can be narrowed down to. */
export const DAY_PRESETS = {
  today: 'Today',
  week: 'Last 7 days',
  days30: 'Last 30 days',
  month: 'This month',
  custom: 'Custom',
} as const

const text = z.string().trim().min(1).max(100).refine(isStorable).optional().catch(undefined)
// Nothing was written before; a day at the very end has none after it.
const ledgerDay = day
  .refine((given) => given >= '2000-01-01' && given < '9999-01-01')
  .optional()
  .catch(undefined)

const query = z.object({
  q: text,
  tool: text,
  days: z.enum(['today', 'week', 'days30', 'month', 'custom']).optional().catch(undefined),
  from: ledgerDay,
  to: ledgerDay,
})

/** Which rows of a ledger a page shows, as its query says; days are those of the reader's zone. */
export type LedgerFilter = z.output<typeof query> & { show: LedgerView }

/** Reads the filter from the query of a page. What makes no sense counts as not given. */
export function parseLedgerFilter(params: Record<string, string | string[] | undefined>): LedgerFilter {
  const { days, from, to, ...rest } = query.parse(params)
  const isCustom = days === 'custom' || (days === undefined && (from ?? to) !== undefined)
  const [first, last] = from && to && from > to ? [to, from] : [from, to]
  return {
    ...rest,
    ...(isCustom ? { days: 'custom', from: first, to: last } : { days }),
    show: parseLedgerView(params),
  }
}

/** The filter as the query of its page: what filters nothing does not stand in it. */
export function ledgerQuery({ show, ...rest }: LedgerFilter): Record<string, string> {
  return withoutEmpty({ ...rest, show: show === 'all' ? undefined : show })
}

/** When the days of a filter begin (inclusive) and end (exclusive), as ISO timestamps. */
export function ledgerPeriod(
  { days, from, to }: Pick<LedgerFilter, 'days' | 'from' | 'to'>,
  now: Date,
  timeZone: string,
): { from?: string; to?: string } {
  const today = dayInZone(now.toISOString(), timeZone)
  const since = (first: string) => ({ from: startOfDayInZone(first, timeZone) })
  switch (days) {
    case undefined:
      return {}
    case 'today':
      return since(today)
    case 'week':
      return since(addDays(today, -6))
    case 'days30':
      return since(addDays(today, -29))
    case 'month':
      return since(`${today.slice(0, 8)}01`)
    case 'custom':
      return {
        ...(from && since(from)),
        ...(to && { to: startOfDayInZone(addDays(to, 1), timeZone) }),
      }
  }
}

/** Where the rows of a filter are had as CSV. */
export function ledgerCsvPath(
  creditType: string,
  { q, tool, show }: LedgerFilter,
  period: { from?: string; to?: string },
): string {
  const types = LEDGER_VIEWS[show].types.join(',')
  const given = { ...(types && { type: types }), ...(tool && { action: tool }), ...period, ...(q && { q }) }
  return `/api/credits/transactions?${new URLSearchParams({ format: 'csv', creditType, ...given })}`
}
