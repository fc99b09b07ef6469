import { availableParallelism } from 'node:os'

/** How many children may run at once. Never one: that would be a single user's. */
export const MAX_CHILDREN = Math.min(4, Math.max(2, availableParallelism()))

/** What all children together may take up, in MB: on a larger machine, more. One run alone may ask for all of it. */
export const MAX_CHILDREN_MB = 1_150

/** How many runs wait for a child, and how many of one user; whoever comes after them is refused at once. */
export const MAX_WAITING = 16
export const MAX_WAITING_PER_USER = 4

/** The longest a run waits for a child, in ms, and what a refused one is told to wait before it is sent again. */
export const MAX_WAIT_MS = 15_000
export const RETRY_AFTER_SECONDS = 10

/** What one run may use when its task says nothing else: ms, MB of memory, and bytes of output. */
export const DEFAULT_TIMEOUT_MS = 20_000
export const DEFAULT_MEMORY_MB = 512
export const DEFAULT_MAX_OUTPUT_BYTES = 20 * 1024 * 1024
