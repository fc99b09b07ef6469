import type { CreditUnit } from '@/lib/credit-type'
import { countCredits, formatCredits } from '@/lib/format'

/** What is paid for where a tool does not say it. */
export const DEFAULT_UNIT = 'a run'

/** The least and the greatest of some prices in words: `1 to 2 credits`; `unit` is that of the wallet. */
export function describeRange(prices: readonly number[], unit: CreditUnit): string {
  const [least, greatest] = [Math.min(...prices), Math.max(...prices)]
  const most = countCredits(greatest, unit)
  return least === greatest ? most : `${formatCredits(least)} to ${most}`
}
