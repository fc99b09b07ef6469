import { z } from 'zod'

/** Over how many days, up to and with today, a page shows usage. */
export const USAGE_PERIODS = [7, 30, 90] as const

export type UsagePeriod = (typeof USAGE_PERIODS)[number]

/** What is shown when nothing else is asked for, and what a pace is told from. */
export const USUAL_PERIOD: UsagePeriod = 30

const query = z.object({ days: z.string().catch('') })

/** The period that the query of a page names with `days`; what is none counts as the usual one. */
export function parseUsagePeriod(params: Record<string, string | string[] | undefined>): UsagePeriod {
  const { days } = query.parse(params)
  return USAGE_PERIODS.find((period) => String(period) === days) ?? USUAL_PERIOD
}

/** What names a period in the query of a page: nothing for the usual one. */
export function periodQuery(period: UsagePeriod): { days?: string } {
  return period === USUAL_PERIOD ? {} : { days: String(period) }
}
