import { UserNotFoundError } from '../errors.ts'
import { withRetry } from './retry.ts'
import type { EngineContext } from './types.ts'

type Operation<Txn> = {
  kind: string
  userId: string
  action: string
  txn: Txn | undefined
  hasKey: boolean
}

type Parts<Txn, Outcome, Result> = {
  /** The operation in one call of the storage, where it has one. */
  atOnce: ((txn?: Txn) => Promise<Outcome>) | undefined
  bySteps: (txn: Txn) => Promise<Outcome>
  /** The result; throws what the outcome refuses. */
  read: (outcome: Outcome) => Result
}

/**
 * Runs an operation in the caller's transaction or in one of its own, with retries only in the latter, and writes
 * refusals into the audit log.
 */
export async function runOperation<Txn, Outcome extends { status: string }, Result>(
  context: EngineContext<Txn>,
  operation: Operation<Txn>,
  { atOnce, bySteps, read }: Parts<Txn, Outcome, Result>,
): Promise<Result> {
  const { storage } = context
  const { txn } = operation
  let outcome: Outcome | undefined
  try {
    if (txn !== undefined) outcome = await (atOnce ?? bySteps)(txn)
    else
      outcome = await withRetry(context, operation.hasKey, () =>
        atOnce ? atOnce() : storage.transaction(bySteps),
      )
    return read(outcome)
  } catch (error) {
    await auditFailure(context, operation, outcome, error)
    throw error
  }
}

/**
 * In the caller's transaction only a refusal is written: after an error of the database, or for a user who is not
 * there, the row could not be stored and would spoil the transaction. The failure itself is what the caller gets.
 */
async function auditFailure<Txn>(
  { storage, config, logger }: EngineContext<Txn>,
  { kind, userId, action, txn }: Operation<Txn>,
  outcome: { status: string } | undefined,
  error: unknown,
): Promise<void> {
  const isKnownUser = outcome !== undefined && outcome.status !== 'user-not-found'
  if (!config.audit.enabled || error instanceof UserNotFoundError || (txn !== undefined && !isKnownUser))
    return
  const errorMessage = error instanceof Error ? error.message : String(error)
  try {
    const metadata = { operation: kind }
    await storage.createAuditLog({ userId, action, status: 'failed', metadata, errorMessage }, txn)
  } catch (auditError) {
    logger.error('A failed operation is missing in the audit log.', {
      userId,
      action,
      error: String(auditError),
    })
  }
}
