import type { ReserveOptions } from './types'

/** How `reserve_credits` takes how a run is kept. */
export function runArgument({
  source,
  fullInput,
  retentionSeconds,
  maxAttempts,
}: ReserveOptions['run'] = {}) {
  return {
    ...(source && { source }),
    ...(fullInput !== undefined && { full_input: fullInput }),
    ...(retentionSeconds !== undefined && { retention_seconds: retentionSeconds }),
    ...(maxAttempts !== undefined && { max_attempts: maxAttempts }),
  }
}
