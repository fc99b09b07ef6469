import type { IStorageAdapter } from '../storage/adapter.ts'
import type { TierChangeCommand, TierChangeOutcome } from '../storage/commands.ts'
import { effectiveTier, isExpired } from './membership.ts'
import { newId } from './new-id.ts'
import { begin, keepResult, post, requireHeld } from './steps.ts'

/** An upgrade or a downgrade step by step, for a storage without `applyTierChange`. */
export async function changeTierBySteps<Txn>(
  storage: IStorageAdapter<Txn>,
  command: TierChangeCommand,
  txn: Txn,
): Promise<TierChangeOutcome> {
  const user = await begin(storage, command, txn)
  if ('status' in user) return user
  const { userId, targetTier, now } = command
  const oldTier = effectiveTier(user, now)
  if (!goesTheRightWay(command, oldTier)) return { status: 'wrong-direction', currentTier: oldTier }

  const change = {
    oldTier,
    newTier: targetTier,
    oldCredits: user.credits,
    newCredits: creditsAfter(command, user.credits),
  }
  const transactionId = newId()
  const creditsDelta = change.newCredits - change.oldCredits
  await keepResult(storage, command, { success: true, transactionId, ...change, creditsDelta }, txn)
  // The end of a membership that has passed must not end the new one.
  const expiresAt = command.expiresAt === undefined && isExpired(user, now) ? null : command.expiresAt
  const after = await storage.updateUserMembership(userId, targetTier, change.newCredits, expiresAt, txn)
  requireHeld(after, change.newCredits)
  const balances = { balanceBefore: change.oldCredits, balanceAfter: change.newCredits }
  const metadata = { ...command.metadata, oldTier, newTier: targetTier }
  await post(storage, command, { id: transactionId, amount: creditsDelta, ...balances, metadata }, txn)
  return { status: 'done', transactionId, ...change, creditsDelta }
}

/** No tier, and one the configuration does not know, is below every other. */
export function goesTheRightWay(
  { kind, levels, targetTier }: TierChangeCommand,
  oldTier: string | null,
): boolean {
  const levelOf = (tier: string | null) =>
    (tier !== null && Object.hasOwn(levels, tier) ? levels[tier] : undefined) ?? -1
  const step = levelOf(targetTier) - levelOf(oldTier)
  return kind === 'upgrade' ? step > 0 : step < 0
}

/** An upgrade never takes credits away, a downgrade never adds any. */
export function creditsAfter({ kind, cap }: TierChangeCommand, credits: number): number {
  if (cap === undefined) return credits
  return kind === 'upgrade' ? Math.max(credits, cap) : Math.min(credits, cap)
}
