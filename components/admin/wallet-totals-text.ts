import type { WalletTotals } from '@/lib/admin/read-wallet-totals'
import type { Format } from '@/lib/format'

/** What the credits that somebody ever bought came from, and what of them was taken back: that is not deducted. */
export function describeBought(
  { formatCredits }: Format,
  { purchased, subscribed, taken_back }: WalletTotals,
): string {
  if (purchased + subscribed === 0) return 'Nothing so far'
  const sources = [
    purchased > 0 && `${formatCredits(purchased)} in packages`,
    subscribed > 0 && `${formatCredits(subscribed)} by plans`,
  ].filter((source) => source !== false)
  const bought = sources.join(', ')
  return taken_back > 0 ? `${bought}. ${formatCredits(taken_back)} of them taken back since` : bought
}

/** What runs were charged, less what was given back, comes to what was used. */
export function describeUsed(
  { formatCredits }: Format,
  { used, refunded }: Pick<WalletTotals, 'refunded'> & { used: number },
): string {
  if (refunded === 0) return used === 0 ? 'Nothing so far' : 'Charged, nothing refunded'
  return `${formatCredits(used + refunded)} charged less ${formatCredits(refunded)} refunded`
}
