import type { ReserveOptions } from './types'

/** How `reserve_credits` takes how a run is kept. */
export function runArgument({
  source,
  fullInput,
  retentionSeconds,
  maxAttempts,
  maxCost,
  maxCostPerDay,
}: ReserveOptions['run'] = {}) {
  return {
    ...(source && { source }),
    ...(fullInput !== undefined && { full_input: fullInput }),
    ...(retentionSeconds !== undefined && { retention_seconds: retentionSeconds }),
    ...(maxAttempts !== undefined && { max_attempts: maxAttempts }),
    ...(maxCost !== undefined && { max_cost: maxCost }),
    ...(maxCostPerDay !== undefined && { max_cost_per_day: maxCostPerDay }),
  }
}
