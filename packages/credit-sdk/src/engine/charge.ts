import { InsufficientCreditsError, UserNotFoundError } from '../errors.ts'
import type { ChargeCommand, ChargeOutcome } from '../storage/commands.ts'
import { checkAmount, checkVariables } from './arguments.ts'
import { readReplay } from './idempotency.ts'
import { prepare } from './prepare.ts'
import { type PricedAction, priceAction } from './prices.ts'
import { readChargeResult } from './results.ts'
import { runOperation } from './run-operation.ts'
import { chargeBySteps } from './steps.ts'
import type { ChargeParams, ChargeResult, EngineContext } from './types.ts'

/** See `CreditsEngine.charge`. */
export async function charge<Txn>(
  context: EngineContext<Txn>,
  params: ChargeParams<Txn>,
): Promise<ChargeResult> {
  const { userId, action, amount, variables, idempotencyKey, metadata, txn } = params
  const { storage, config } = context
  if (amount !== undefined) checkAmount('amount', amount)
  checkVariables(variables ?? {})
  const parts = { amount, variables }
  const prepared = await prepare(context, { kind: 'charge', userId, action, idempotencyKey, metadata, parts })
  const priced = priceAction(config, { userId, action, amount, variables })
  const command: ChargeCommand = { ...prepared, kind: 'charge', prices: priced.table }
  const applyCharge = storage.applyCharge?.bind(storage)
  return runOperation(
    context,
    { kind: 'charge', userId, action, txn, hasKey: command.keyClaim !== undefined },
    {
      atOnce: applyCharge && ((own) => applyCharge(command, own)),
      bySteps: (own) => chargeBySteps(storage, command, own),
      read: (outcome) => readOutcome(outcome, command, priced, idempotencyKey),
    },
  )
}

function readOutcome(
  outcome: ChargeOutcome,
  { userId, keyClaim }: ChargeCommand,
  { explainRefusal }: PricedAction,
  idempotencyKey: string | undefined,
): ChargeResult {
  switch (outcome.status) {
    case 'done': {
      const { transactionId, cost, balanceBefore, balanceAfter } = outcome
      return { success: true, transactionId, cost, balanceBefore, balanceAfter }
    }
    case 'replayed':
      return readChargeResult(readReplay(outcome.record.result, keyClaim, idempotencyKey))
    case 'user-not-found':
      throw new UserNotFoundError(userId)
    case 'insufficient':
      throw new InsufficientCreditsError(userId, outcome.required, outcome.available)
    case 'refused':
      throw explainRefusal(outcome.tier)
  }
}
