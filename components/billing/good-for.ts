import type { CreditPackage } from '@/lib/pricing-plans'
import { listInWords } from '@/lib/text'
import { type MembershipTier, opens } from '@/lib/tiers'

/** A tool as what is for sale speaks of it. */
export type PaidTool = {
  name: string
  /** The wallet that pays for it. */
  creditType: string
  /** What its cheapest run takes, in whole credits of that. */
  leastPrice: number
  /** The least membership that may run it; null for everybody. */
  requiredTier: MembershipTier | null
}

/** The tools that a membership, null for none, may run. */
export function openTools(tier: MembershipTier | null, tools: readonly PaidTool[]): PaidTool[] {
  return tools.filter(({ requiredTier }) => opens(tier, requiredTier))
}

/** Which tools nobody has without the membership that a plan brings: `Opens Draw a poster`; null when there are none. */
export function opensTools(tier: MembershipTier | null, tools: readonly PaidTool[]): string | null {
  const opened = openTools(tier, tools).filter(({ requiredTier }) => requiredTier !== null)
  return opened.length > 0 ? `Opens ${listInWords(opened.map(({ name }) => name))}` : null
}

/** Which tools a kind of credits pays for: `Good for Draw a poster and Cut a video`; null when all or none take it. */
export function goodFor(tools: readonly PaidTool[], creditType: string): string | null {
  const taking = tools.filter((tool) => tool.creditType === creditType)
  if (taking.length === 0 || taking.length === tools.length) return null
  return `Good for ${listInWords(taking.map(({ name }) => name))}`
}

/** How often credits pay for the tool that takes the fewest of them; null when no tool takes that kind, or all are free. */
export function mostRuns(
  { credits, creditType }: Pick<CreditPackage, 'credits' | 'creditType'>,
  tools: readonly PaidTool[],
): { name: string; runs: number } | null {
  const [cheapest] = tools
    .filter((tool) => tool.creditType === creditType && tool.leastPrice > 0)
    .sort((a, b) => a.leastPrice - b.leastPrice)
  return cheapest ? { name: cheapest.name, runs: Math.floor(credits / cheapest.leastPrice) } : null
}

type Priced = Pick<CreditPackage, 'credits' | 'creditType' | 'price' | 'currency'>

/**
 * How much less a credit costs in this package than in the dearest of its kind and currency, in whole percent, rounded
 * down; null when it is not less by one.
 */
export function savingPercent(offer: Priced, offers: readonly Priced[]): number | null {
  const unitPrices = offers
    .filter(({ creditType, currency }) => creditType === offer.creditType && currency === offer.currency)
    .map(({ price, credits }) => price / credits)
  const saving = 1 - offer.price / offer.credits / Math.max(...unitPrices)
  // 1 - 0.8 is a little less than 0.2 in binary.
  const percent = Math.floor(saving * 100 + 1e-9)
  return percent >= 1 ? percent : null
}
