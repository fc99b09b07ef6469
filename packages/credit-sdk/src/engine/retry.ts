import type { RetryConfig } from '../config/types.ts'
import { StorageConflictError } from '../errors.ts'
import type { IStorageAdapter } from '../storage/adapter.ts'
import type { EngineContext } from './types.ts'

/**
 * Repeats an operation that the database has undone for sure. When the connection was lost nobody knows whether it was
 * committed, so only one with a key, which finds its first result, is repeated.
 */
export async function withRetry<Txn, T>(
  { storage, config: { retry }, logger }: EngineContext<Txn>,
  hasKey: boolean,
  work: () => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work()
    } catch (error) {
      const isLast = !retry.enabled || attempt >= retry.maxAttempts
      if (isLast || !isSafeToRetry(storage, error, hasKey)) throw error
      logger.warn('The operation is tried again.', { attempt, error: String(error) })
      await sleep(delayBefore(attempt, retry))
    }
  }
}

function isSafeToRetry<Txn>(storage: IStorageAdapter<Txn>, error: unknown, hasKey: boolean): boolean {
  if (error instanceof StorageConflictError) return true
  const failure = storage.classifyError?.(error)
  return failure === 'rolled-back' || (failure === 'connection-lost' && hasKey)
}

/** Half of the delay is random, so that those who collided do not meet again. */
function delayBefore(attempt: number, { initialDelay, maxDelay, backoffMultiplier }: RetryConfig): number {
  const delay = Math.min(maxDelay, initialDelay * backoffMultiplier ** (attempt - 1))
  return delay * (0.5 + Math.random() / 2)
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
