import 'server-only'
import type { PaidTool } from '@/components/billing/good-for'
import { GENERAL } from '@/lib/credit-type'
import type { MembershipTier } from '@/lib/tiers'

/** What a folder's `tool.ts` exports, besides the tool. */
type PricedModule = {
  prices: (tier: MembershipTier | null) => Record<string, number>
  isAvailable?: () => boolean
}

type PricedTool = { name: string; creditType?: string; requiredTier?: MembershipTier; cost: unknown }

// Not the registry: what comes with it, as every form, would be loaded by the pages that tell of prices.
const modules = import.meta.glob<PricedModule>(['./*/tool.ts', './*/tool.tsx'])

/** What credits can be spent on, at the prices of a membership; null for none. */
export async function listPaidTools(tier: MembershipTier | null): Promise<PaidTool[]> {
  const loaded = await Promise.all(Object.values(modules).map((load) => load()))
  return loaded.flatMap((module) => {
    const exported: unknown[] = Object.values(module)
    const tool = exported.find(isTool)
    if (!tool || module.isAvailable?.() === false) return []
    const leastPrice = Math.min(...Object.values(module.prices(tier)))
    const { name, creditType = GENERAL, requiredTier = null } = tool
    return [{ name, creditType, requiredTier, leastPrice }]
  })
}

function isTool(exported: unknown): exported is PricedTool {
  return typeof exported === 'object' && exported !== null && 'name' in exported && 'cost' in exported
}
