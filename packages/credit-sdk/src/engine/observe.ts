import type { ILogAdapter } from '../logging/log-adapter.ts'

/** A call of the engine, as those who watch it see it. */
export type Operation = {
  /** The method, as `charge`. */
  name: string
  userId?: string
  action?: string
}

export type SlowOperation = Operation & { durationMs: number }

/**
 * Runs every call of an engine, and must return what `run` returns or throw what it throws. For spans and metrics; see
 * `credit-sdk/opentelemetry`.
 */
export type OperationObserver = <T>(operation: Operation, run: () => Promise<T>) => Promise<T>

/** Who watches the calls of an engine. */
export type ObserveOptions = {
  observe?: OperationObserver
  /** Called after an operation, failed or not, that took `slowOperationMs` or more. */
  onSlowOperation?: (operation: SlowOperation) => void
  /** 1000 milliseconds by default. Waiting for locks, connections and retries counts. */
  slowOperationMs?: number
}

const SLOW_MS = 1000

/** The observer that does what the options ask for. */
export function createObserver(
  { observe = (_, run) => run(), onSlowOperation, slowOperationMs = SLOW_MS }: ObserveOptions,
  logger: ILogAdapter,
): OperationObserver {
  if (!onSlowOperation) return observe
  return async (operation, run) => {
    const startedAt = performance.now()
    try {
      return await observe(operation, run)
    } finally {
      const durationMs = performance.now() - startedAt
      if (durationMs >= slowOperationMs) report({ ...operation, durationMs })
    }
  }

  /** Credits have moved, or not: a hook that fails must not change what the caller is told. */
  function report(operation: SlowOperation): void {
    try {
      onSlowOperation?.(operation)
    } catch (error) {
      logger.error('The hook for slow operations failed.', { error: String(error) })
    }
  }
}
