import type { ResolvedConfig } from '../config/read-config.ts'
import type { ActionCosts, CostRule } from '../config/read-costs.ts'
import { MembershipRequiredError, MissingVariableError, UndefinedActionError } from '../errors.ts'
import type { Variables } from '../formula/evaluate.ts'
import type { Price, PriceTable } from '../storage/commands.ts'
import { mayDo } from './membership.ts'

type PriceRequest = { userId: string; action: string; amount?: number; variables?: Variables }

/** The prices of one charge for each tier, and why a tier has none. */
export type PricedAction = { table: PriceTable; explainRefusal(tier: string | null): unknown }

/** @throws UndefinedActionError */
export function priceAction(config: ResolvedConfig, request: PriceRequest): PricedAction {
  const costs = config.costs.get(request.action)
  if (!costs) throw new UndefinedActionError(request.action)
  const names = new Set([...config.levels.keys(), ...costs.tiers.keys()])
  const orNull = (tier: string | null): Price | null => {
    try {
      return priceFor(config, costs, request, tier)
    } catch {
      return null
    }
  }
  return {
    table: {
      tiers: Object.fromEntries([...names].map((tier) => [tier, orNull(tier)])),
      other: orNull(null),
    },
    explainRefusal(tier) {
      try {
        priceFor(config, costs, request, tier)
      } catch (error) {
        return error
      }
      return new Error(`The storage refused the tier ${tier ?? 'none'}, which has a price.`)
    },
  }
}

/** The price of the tier, as a storage picks it from the table. */
export function pickPrice({ tiers, other }: PriceTable, tier: string | null): Price | null {
  const price = tier !== null && Object.hasOwn(tiers, tier) ? tiers[tier] : undefined
  return price === undefined ? other : price
}

/** @throws MembershipRequiredError | MissingVariableError | FormulaEvaluationError */
function priceFor(
  config: ResolvedConfig,
  costs: ActionCosts,
  { userId, action, amount, variables = {} }: PriceRequest,
  tier: string | null,
): Price {
  if (!mayDo(config, action, tier))
    throw new MembershipRequiredError(userId, config.requirements.get(action) ?? '', tier)
  const rule = (tier === null ? undefined : costs.tiers.get(tier)) ?? costs.default
  if (!rule) throw new MembershipRequiredError(userId, lowestTier(config, costs), tier)
  return amount === undefined ? applyRule(rule, costs.default, variables) : { cost: amount }
}

/** A formula for which no variable was given falls back to a default that is a number. */
function applyRule(rule: CostRule, fallback: CostRule | undefined, variables: Variables): Price {
  if (rule.kind === 'fixed') return { cost: rule.cost }
  const isBare = Object.keys(variables).length === 0 && rule.formula.variables.length > 0
  if (isBare && fallback?.kind === 'fixed') return { cost: fallback.cost }
  if (isBare) throw new MissingVariableError(rule.formula.text, rule.formula.variables[0] ?? '', [])
  const { cost, raw } = rule.formula.cost(variables)
  return { cost, metadata: { rawCost: raw, variables } }
}

function lowestTier(config: ResolvedConfig, costs: ActionCosts): string {
  const priced = [...config.levels].filter(([tier]) => costs.tiers.has(tier))
  return priced.sort(([, a], [, b]) => a - b)[0]?.[0] ?? ''
}
