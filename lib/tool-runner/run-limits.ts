import type { Tool } from './define-tool'

const DEFAULT_TIMEOUT_MS = 30_000
const DEFAULT_BACKGROUND_TIMEOUT_MS = 900_000

/** What a hold outlives its run's time limit by, in ms: enough to answer and to settle. */
const HOLD_MARGIN_MS = 30_000

/** How long a run in the background may wait for a worker, in ms. Then it is given back. */
const MAX_WAIT_MS = 3_600_000

const DEFAULT_RETENTION_HOURS = 24
const HOUR_S = 3_600

type Limited = Pick<Tool<never, never>, 'background' | 'timeoutMs' | 'retentionHours'>

/** The longest a run may take, in ms. */
export function timeoutOf({ background, timeoutMs }: Limited): number {
  return timeoutMs ?? (background ? DEFAULT_BACKGROUND_TIMEOUT_MS : DEFAULT_TIMEOUT_MS)
}

/** How long the credits of a run are held until its process is heard of again, in ms. */
export function holdOf(tool: Limited): number {
  return tool.background ? MAX_WAIT_MS : timeoutOf(tool) + HOLD_MARGIN_MS
}

/** How long the input and the result of a run are kept after its end, in seconds. */
export function retentionOf({ retentionHours = DEFAULT_RETENTION_HOURS }: Limited): number {
  return retentionHours * HOUR_S
}

/** How often a run in the background is tried at most; undefined for one that answers its request. */
export function maxAttemptsOf({ background }: Limited): number | undefined {
  if (!background) return undefined
  return background === true ? 1 : background.retries + 1
}
