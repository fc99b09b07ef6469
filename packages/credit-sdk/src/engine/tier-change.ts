import { InvalidTierChangeError, UndefinedTierError, UserNotFoundError } from '../errors.ts'
import type { TierChangeCommand, TierChangeOutcome } from '../storage/commands.ts'
import { checkDate, checkId } from './arguments.ts'
import { readReplay } from './idempotency.ts'
import { prepare } from './prepare.ts'
import { readTierChangeResult } from './results.ts'
import { runOperation } from './run-operation.ts'
import { changeTierBySteps } from './tier-steps.ts'
import type { DowngradeTierParams, EngineContext, TierChangeResult, UpgradeTierParams } from './types.ts'

type Change<Txn> = Omit<
  UpgradeTierParams<Txn> & DowngradeTierParams<Txn>,
  'membershipExpiresAt' | 'clearExpiration'
> & {
  kind: 'upgrade' | 'downgrade'
  expiresAt: Date | null | undefined
}

/** See `CreditsEngine.upgradeTier` and `CreditsEngine.downgradeTier`. */
export async function changeTier<Txn>(
  context: EngineContext<Txn>,
  { kind, userId, targetTier, expiresAt, idempotencyKey, metadata, txn }: Change<Txn>,
): Promise<TierChangeResult> {
  const { storage, config } = context
  checkId('targetTier', targetTier)
  checkDate('membershipExpiresAt', expiresAt)
  if (!config.levels.has(targetTier)) throw new UndefinedTierError(targetTier)
  const action = `tier-${kind}`
  const parts = { targetTier, expiresAt }
  const prepared = await prepare(context, { kind, userId, action, idempotencyKey, metadata, parts })
  const command: TierChangeCommand = {
    ...prepared,
    kind,
    targetTier,
    levels: Object.fromEntries(config.levels),
    cap: config.caps.get(targetTier),
    expiresAt,
  }
  const applyTierChange = storage.applyTierChange?.bind(storage)
  return runOperation(
    context,
    { kind, userId, action, txn, hasKey: command.keyClaim !== undefined },
    {
      atOnce: applyTierChange && ((own) => applyTierChange(command, own)),
      bySteps: (own) => changeTierBySteps(storage, command, own),
      read: (outcome) => readOutcome(outcome, command, idempotencyKey),
    },
  )
}

function readOutcome(
  outcome: TierChangeOutcome,
  { userId, kind, targetTier, keyClaim }: TierChangeCommand,
  idempotencyKey: string | undefined,
): TierChangeResult {
  switch (outcome.status) {
    case 'done': {
      const { status: _, ...change } = outcome
      return { success: true, ...change }
    }
    case 'replayed':
      return readTierChangeResult(readReplay(outcome.record.result, keyClaim, idempotencyKey))
    case 'user-not-found':
      throw new UserNotFoundError(userId)
    case 'wrong-direction': {
      const reason = kind === 'upgrade' ? 'it is not a higher tier.' : 'it is not a lower tier.'
      throw new InvalidTierChangeError(userId, outcome.currentTier, targetTier, reason)
    }
  }
}
