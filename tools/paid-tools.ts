import 'server-only'
import type { PaidTool } from '@/components/billing/good-for'
import type { ToolPrice } from '@/components/marketing/tool-prices'
import { nameUnit } from '@/lib/credit-type'
import { MEMBERSHIP_TIERS, type MembershipTier, opens } from '@/lib/tiers'
import { describeRange } from './describe-range'
import { listPricedTools } from './priced-tools'

/** What credits can be spent on, at the prices of a membership; null for none. */
export async function listPaidTools(tier: MembershipTier | null): Promise<PaidTool[]> {
  const tools = await listPricedTools()
  return tools.map(({ name, creditType, requiredTier, pricesFor }) => ({
    ...{ name, creditType, requiredTier },
    leastPrice: Math.min(...pricesFor(tier)),
  }))
}

/** What every tool costs in words: for who may just run it, and for higher memberships that pay another price. */
export async function listToolPrices(): Promise<ToolPrice[]> {
  const tools = await listPricedTools()
  const levelOf = (tier: MembershipTier | null) => (tier ? MEMBERSHIP_TIERS.indexOf(tier) : -1)
  return tools
    .toSorted((a, b) => levelOf(a.requiredTier) - levelOf(b.requiredTier))
    .map(({ id, name, creditType, requiredTier, unit, pricesFor }) => {
      const credit = nameUnit(creditType)
      const priceFor = (tier: MembershipTier | null) => `${describeRange(pricesFor(tier), credit)} ${unit}`
      const price = priceFor(requiredTier)
      const forMembers = MEMBERSHIP_TIERS.filter((tier) => tier !== requiredTier && opens(tier, requiredTier))
        .map((tier) => ({ tier, price: priceFor(tier) }))
        .filter((member, place, all) => member.price !== (all[place - 1]?.price ?? price))
      return { id, name, requiredTier, price, forMembers }
    })
}
