import { ConfigurationError } from '../errors.ts'
import { type Formula, readFormula } from '../formula/formula.ts'
import { readEntries, readWhole } from './checks.ts'

export type CostRule = { kind: 'fixed'; cost: number } | { kind: 'formula'; formula: Formula }

/** The prices of an action. Without `default`, every tier has a price of its own. */
export type ActionCosts = { default: CostRule | undefined; tiers: ReadonlyMap<string, CostRule> }

/** @throws ConfigurationError with the field, such as `costs.export.pro` */
export function readCosts(
  value: unknown,
  levels: ReadonlyMap<string, number>,
): ReadonlyMap<string, ActionCosts> {
  const costs = new Map<string, ActionCosts>()
  for (const [action, prices] of readEntries('costs', value))
    costs.set(action, readActionCosts(`costs.${action}`, prices, levels))
  return costs
}

function readActionCosts(field: string, value: unknown, levels: ReadonlyMap<string, number>): ActionCosts {
  let fallback: CostRule | undefined
  const tiers = new Map<string, CostRule>()
  for (const [tier, cost] of readEntries(field, value)) {
    const rule = readCost(`${field}.${tier}`, cost)
    if (tier === 'default') fallback = rule
    else if (levels.size > 0 && !levels.has(tier))
      throw new ConfigurationError(`${field}.${tier}`, 'is neither "default" nor one of membership.tiers')
    else tiers.set(tier, rule)
  }
  const hasEveryTier = levels.size > 0 && [...levels.keys()].every((tier) => tiers.has(tier))
  if (!fallback && !hasEveryTier)
    throw new ConfigurationError(`${field}.default`, 'is missing, and not every tier has a price')
  return { default: fallback, tiers }
}

function readCost(field: string, value: unknown): CostRule {
  if (typeof value !== 'string') return { kind: 'fixed', cost: readWhole(field, value, 0) }
  try {
    return { kind: 'formula', formula: readFormula(value) }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new ConfigurationError(field, `"${value}" is not a formula: ${reason}`)
  }
}
