import type { BalanceParts } from '@/lib/account/read-balance-parts'
import type { CreditUnit } from '@/lib/credit-type'
import type { Format } from '@/lib/format'

const MONTHS_FROM_DAYS = 60
const MONTH_DAYS = 30
const YEAR_DAYS = 365

/**
 * How long a balance lasts: `Lasts about 12 days at your pace of 8 credits a day`.
 *
 * @param averagePerDay credits used a day; null when none were
 */
export function describeRunway(
  { countCredits }: Format,
  balance: number,
  averagePerDay: number | null,
  unit: CreditUnit,
): string {
  if (balance <= 0) return 'Nothing left to spend'
  if (averagePerDay === null || averagePerDay <= 0) return 'Nothing used in 30 days'
  const pace = averagePerDay < 1 ? `less than 1 ${unit.unit}` : countCredits(Math.round(averagePerDay), unit)
  return `Lasts ${inDays(balance / averagePerDay)} at your pace of ${pace} a day`
}

function inDays(days: number): string {
  if (days < 1) return 'less than a day'
  if (days >= YEAR_DAYS) return 'more than a year'
  if (days >= MONTHS_FROM_DAYS) return `about ${Math.floor(days / MONTH_DAYS)} months`
  const whole = Math.floor(days)
  return `about ${whole === 1 ? '1 day' : `${whole} days`}`
}

/** This period against the last: `20% more than the 30 days before`. */
export function describeChange(used: number, before: number, days: number): string {
  const last = `the ${days} days before`
  if (before <= 0) return used > 0 ? `Nothing in ${last}` : `Nothing in ${last} either`
  if (used === before) return `As much as ${last}`
  if (used === 0) return `${before} in ${last}`
  const percent = Math.round((Math.abs(used - before) / before) * 100)
  if (percent === 0) return `About as much as ${last}`
  if (percent >= 1_000) return `More than 10 times ${last}`
  return `${percent}% ${used > before ? 'more' : 'less'} than ${last}`
}

const NAMES: Record<string, string> = {
  signup_bonus: 'welcome',
  promotion: 'given',
  purchase: 'bought',
  subscription_grant: 'by plan',
  admin_adjustment: 'adjusted',
  clawback: 'taken back',
  clawback_reversal: 'given back',
  debt_repayment: 'for debt',
  expiry: 'expired',
}
const ORDER = Object.keys(NAMES)

/** What a balance is made of: `100 welcome, 500 bought, −7 used`. */
export function describeBalanceParts({ formatCredits }: Format, { used, parts }: BalanceParts): string {
  const amounts = Object.entries(parts)
    .sort(([a], [b]) => rank(a) - rank(b))
    .map(([type, credits]) => ({ name: NAMES[type] ?? type, credits }))
  if (used !== 0) amounts.push({ name: 'used', credits: -used })
  return amounts.map(({ name, credits }) => `${formatCredits(credits).replace('-', '−')} ${name}`).join(', ')
}

/** What this file has not heard of comes last. */
function rank(type: string): number {
  const index = ORDER.indexOf(type)
  return index < 0 ? ORDER.length : index
}
