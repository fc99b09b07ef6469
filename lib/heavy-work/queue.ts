import { FairQueue } from './fair-queue'
import { MAX_CHILDREN, MAX_CHILDREN_MB, MAX_WAIT_MS, MAX_WAITING, MAX_WAITING_PER_USER } from './limits'

declare global {
  var heavyWorkQueue: FairQueue | undefined
}

/** One for the whole server: bundles may load this module once each. */
export function heavyWork(): FairQueue {
  globalThis.heavyWorkQueue ??= new FairQueue({
    places: MAX_CHILDREN,
    memoryMb: MAX_CHILDREN_MB,
    maxWaiting: MAX_WAITING,
    maxWaitingPerUser: MAX_WAITING_PER_USER,
    maxWaitMs: MAX_WAIT_MS,
  })
  return globalThis.heavyWorkQueue
}
