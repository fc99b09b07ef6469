import type { CreditUnit } from '@/lib/credit-type'
import type { ChargeExplanation } from '@/lib/credits'
import type { Format } from '@/lib/format'
import { nameTier } from '@/lib/tiers'

type Price = NonNullable<ChargeExplanation['price']>
type Hold = NonNullable<ChargeExplanation['hold']>

/** The inputs a price follows from, each with its name. */
export function describeInput(input: Price['input']): [name: string, value: string][] {
  if (typeof input !== 'object' || input === null) return []
  return Object.entries(input).map(([name, value]) => [name, String(value)])
}

/** One price when it is everybody's, else that of each membership too. */
export function describePrices(
  { default: everybody = 0, ...byTier }: Price['prices'],
  unit: CreditUnit,
  { countCredits, formatCredits }: Pick<Format, 'countCredits' | 'formatCredits'>,
): string {
  const tiers = Object.entries(byTier).filter(([, price]) => price !== everybody)
  const members = tiers.map(([tier, price]) => `${formatCredits(price)} with ${nameTier(tier)}`)
  return [countCredits(everybody, unit), ...members].join(', ')
}

/** How a run ended: the reason that was written down, if any. */
export function describeRun({ status, reason }: Pick<Hold, 'status' | 'reason'>): string {
  if (reason) return reason
  if (status === 'open') return 'Still going'
  return status === 'settled' ? 'Finished' : 'Given back'
}
