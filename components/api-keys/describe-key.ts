import type { KeyBudget } from '@/lib/api-keys/list-api-keys'
import { type CreditType, findCreditType, GENERAL } from '@/lib/credit-type'
import type { Format } from '@/lib/format'
import { capitalize } from '@/lib/text'
import type { ScopedTool } from './scope-fields'

const PERIODS = { day: 'today', month: 'this month', total: 'in total' }
const SCOPES: Record<string, string> = {
  'tools:*': 'runs every tool',
  'balance:read': 'reads the balance',
  'history:read': 'reads runs and transactions',
}

/** What a key may do, in words. */
export function describeScopes(scopes: readonly string[], tools: readonly ScopedTool[]): string {
  const names = scopes.map(
    (scope) => SCOPES[scope] ?? tools.find(({ id }) => scope === `tools:${id}`)?.name ?? scope,
  )
  return capitalize(names.join(', '))
}

/** What is left of a budget, in the unit of its wallet: `12 of 50 credits left today`. */
export function describeBudget(
  { countCredits, formatCredits }: Format,
  { remaining, budget, period, credit_type: id }: KeyBudget,
  types: readonly CreditType[],
): string {
  const whole = countCredits(budget, findCreditType(types, id))
  return `${formatCredits(remaining)} of ${whole} left ${PERIODS[period]}`
}

/** Those budgets that tell something: of the general credits, and of others that the key has used. */
export function toShow(budgets: readonly KeyBudget[]): KeyBudget[] {
  return budgets.filter(({ credit_type: type, used }) => type === GENERAL || used > 0)
}
