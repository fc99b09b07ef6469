import { logger } from '@/lib/logger'
import { RefusedError } from './refusals'

const SLOW_MS = 1000

/** Whose or what an operation is about: shown with every line about it. */
export type Subject = { userId?: string; transactionId?: number }

/**
 * Runs one operation and logs it: each at debug level (shown in development), refusals with their code, slow ones (over
 * a second) as a warning, unexpected failures as an error. Passes result and error on.
 */
export async function monitorOperation<Result>(
  operation: string,
  subject: Subject,
  run: () => Promise<Result>,
): Promise<Result> {
  const startedAt = performance.now()
  const fields = () => ({ operation, ...subject, durationMs: Math.round(performance.now() - startedAt) })
  try {
    const result = await run()
    logger.debug('operation done', { ...fields(), result })
    if (performance.now() - startedAt > SLOW_MS) logger.warn('slow operation', fields())
    return result
  } catch (error) {
    if (error instanceof RefusedError) logger.debug('operation refused', { ...fields(), code: error.code })
    else logger.error('operation failed', { ...fields(), error })
    throw error
  }
}
