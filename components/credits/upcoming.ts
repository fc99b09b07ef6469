import type { NextExpiry } from '@/lib/account/read-next-expiry'
import type { CreditUnit } from '@/lib/credit-type'
import type { Format } from '@/lib/format'

/** What happens to a wallet next: when (an ISO timestamp), and what it brings or takes. */
export type Upcoming = { label: string; at: string; note: string }

/** The expiry of credits, as what happens next. */
export function upcomingExpiry(
  { countCredits }: Format,
  expiry: NextExpiry | null,
  unit: CreditUnit,
): Upcoming | null {
  if (!expiry) return null
  return {
    label: 'Next expiry',
    at: expiry.expiresAt,
    note: `${countCredits(expiry.credits, unit)}, unless spent before`,
  }
}

/** Which of these is first; null when there are none. */
export function soonest(...all: (Upcoming | null | undefined)[]): Upcoming | null {
  const known = all.filter((one) => one !== null && one !== undefined)
  return known.sort((a, b) => Date.parse(a.at) - Date.parse(b.at))[0] ?? null
}
