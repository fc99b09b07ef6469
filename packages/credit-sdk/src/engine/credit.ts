import { RefundLimitError, TransactionNotFoundError, UserNotFoundError } from '../errors.ts'
import type { CreditCommand, CreditOutcome } from '../storage/commands.ts'
import { checkAmount, checkId } from './arguments.ts'
import { readReplay } from './idempotency.ts'
import { prepare } from './prepare.ts'
import { readCreditResult } from './results.ts'
import { runOperation } from './run-operation.ts'
import { creditBySteps } from './steps.ts'
import type { CreditResult, EngineContext, GrantParams, RefundParams } from './types.ts'

/** See `CreditsEngine.grant` and `CreditsEngine.refund`. */
export async function credit<Txn>(
  context: EngineContext<Txn>,
  kind: 'grant' | 'refund',
  params: GrantParams<Txn> | RefundParams<Txn>,
): Promise<CreditResult> {
  const { userId, amount, action, idempotencyKey, metadata, txn } = params
  const refundOf = kind === 'refund' && 'transactionId' in params ? params.transactionId : undefined
  const { storage } = context
  checkAmount('amount', amount)
  if (refundOf !== undefined) checkId('transactionId', refundOf)
  const parts = { amount, refundOf }
  const prepared = await prepare(context, { kind, userId, action, idempotencyKey, metadata, parts })
  const command: CreditCommand = { ...prepared, kind, amount, refundOf }
  const applyCredit = storage.applyCredit?.bind(storage)
  return runOperation(
    context,
    { kind, userId, action, txn, hasKey: command.keyClaim !== undefined },
    {
      atOnce: applyCredit && ((own) => applyCredit(command, own)),
      bySteps: (own) => creditBySteps(storage, command, own),
      read: (outcome) => readOutcome(outcome, command, idempotencyKey),
    },
  )
}

function readOutcome(
  outcome: CreditOutcome,
  { userId, amount, refundOf = '', keyClaim }: CreditCommand,
  idempotencyKey: string | undefined,
): CreditResult {
  switch (outcome.status) {
    case 'done': {
      const { transactionId, balanceAfter } = outcome
      return { success: true, transactionId, amount: outcome.amount, balanceAfter }
    }
    case 'replayed':
      return readCreditResult(readReplay(outcome.record.result, keyClaim, idempotencyKey))
    case 'user-not-found':
      throw new UserNotFoundError(userId)
    case 'transaction-not-found':
      throw new TransactionNotFoundError(refundOf)
    case 'refund-limit':
      throw new RefundLimitError(refundOf, amount, outcome.refundable)
  }
}
