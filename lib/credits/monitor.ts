import { logger } from '@/lib/logger'
import { CreditError } from './errors'

const SLOW_OPERATION_MS = 1000

/**
 * Runs one credit operation and logs it: each at debug level (seen in development), refusals with their code,
 * slow ones (over a second) as a warning, unexpected failures as an error. Passes result and error on.
 */
export async function monitorCreditOperation<Result>(
  operation: string,
  userId: string,
  run: () => Promise<Result>,
): Promise<Result> {
  const startedAt = performance.now()
  const elapsed = () => Math.round(performance.now() - startedAt)
  try {
    const result = await run()
    const durationMs = elapsed()
    logger.debug('credit operation', { operation, userId, durationMs, result })
    if (durationMs > SLOW_OPERATION_MS)
      logger.warn('slow credit operation', { operation, userId, durationMs })
    return result
  } catch (error) {
    if (error instanceof CreditError) {
      logger.debug('credit operation refused', { operation, userId, durationMs: elapsed(), code: error.code })
    } else {
      logger.error('credit operation failed', { operation, userId, durationMs: elapsed(), error })
    }
    throw error
  }
}
