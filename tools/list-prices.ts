import 'server-only'
import type { ToolPrice } from '@/components/marketing/tool-prices'
import { nameUnit } from '@/lib/credit-type'
import { MEMBERSHIP_TIERS, opens } from '@/lib/tiers'
import { listTools } from './registry'

/** What every tool costs, by the same functions that charge for it: for everybody, and for members who pay another price. */
export async function listToolPrices(): Promise<ToolPrice[]> {
  const tools = await listTools()
  return tools.map(({ id, name, summary, creditType, requiredTier, describePrice }) => {
    const unit = nameUnit(creditType)
    const [first = null, ...higher] = [null, ...MEMBERSHIP_TIERS].filter((tier) => opens(tier, requiredTier))
    const price = describePrice(first, unit)
    const forMembers = higher
      .map((tier) => ({ tier, price: describePrice(tier, unit) }))
      .filter((member, place, all) => member.price !== (all[place - 1]?.price ?? price))
    return { id, name, summary, requiredTier, price, forMembers }
  })
}
