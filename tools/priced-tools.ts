import 'server-only'
import { GENERAL } from '@/lib/credit-type'
import type { MembershipTier } from '@/lib/tiers'
import { DEFAULT_UNIT } from './describe-range'

/** What a folder's `tool.ts` exports, besides the tool. */
type PricedModule = {
  prices: (tier: MembershipTier | null) => Record<string, number>
  /** What is paid for: 'a run' by default. */
  unit?: string
  isAvailable?: () => boolean
}

type Tool = { id: string; name: string; creditType?: string; requiredTier?: MembershipTier; cost: unknown }

// Not the registry: what comes with it, as every form, would be loaded by the pages that tell of prices.
const modules = import.meta.glob<PricedModule>(['./*/tool.ts', './*/tool.tsx'])

/** The tools as far as prices go: what each costs, in whole credits, and the membership that it takes. */
export async function listPricedTools() {
  const loaded = await Promise.all(Object.values(modules).map((load) => load()))
  return loaded.flatMap((module) => {
    const exported: unknown[] = Object.values(module)
    const tool = exported.find(isTool)
    if (!tool || module.isAvailable?.() === false) return []
    const { id, name, creditType = GENERAL, requiredTier = null } = tool
    const pricesFor = (tier: MembershipTier | null) => Object.values(module.prices(tier))
    return [{ id, name, creditType, requiredTier, unit: module.unit ?? DEFAULT_UNIT, pricesFor }]
  })
}

function isTool(exported: unknown): exported is Tool {
  return typeof exported === 'object' && exported !== null && 'name' in exported && 'cost' in exported
}
