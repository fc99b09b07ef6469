import type { KeyBudget } from '@/lib/api-keys/list-api-keys'
import { GENERAL } from '@/lib/credit-type'
import { formatCredits } from '@/lib/format'
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
  const text = names.join(', ')
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}

/** What is left of a budget: `12 of 50 credits left today`, and of which kind of credits if not of the general one. */
export function describeBudget({ remaining, budget, period, credit_type: type }: KeyBudget): string {
  const kind = type === GENERAL ? 'credits' : `credits (${type})`
  return `${formatCredits(remaining)} of ${formatCredits(budget)} ${kind} left ${PERIODS[period]}`
}

/** Those budgets that tell something: of the general credits, and of others that the key has used. */
export function toShow(budgets: readonly KeyBudget[]): KeyBudget[] {
  return budgets.filter(({ credit_type: type, used }) => type === GENERAL || used > 0)
}
