import { effectiveTier, isExpired } from '../../engine/membership.ts'
import { creditsAfter, goesTheRightWay } from '../../engine/tier-steps.ts'
import type { TierChangeCommand, TierChangeOutcome } from '../../storage/commands.ts'
import { toStoredResult } from '../sql/stored-result.ts'
import { toObject } from '../sql/values.ts'
import type { LivebalanceTransaction } from './connection.ts'
import type { GrantType } from './credit.ts'
import {
  type FunctionResult,
  LivebalanceRefusalError,
  otherRequest,
  toFunctionResult,
} from './function-result.ts'
import { lockUser } from './users.ts'

/**
 * A change of the membership, and of the balance to its cap, with the wallet locked. A change that moves no credits has
 * no ledger row: no transaction id, and its key is not kept.
 */
export async function changeTier(
  on: LivebalanceTransaction,
  command: TierChangeCommand,
  { creditType, grantType }: { creditType: string; grantType: GrantType },
): Promise<TierChangeOutcome> {
  const { userId, targetTier, now, keyClaim } = command
  const user = await lockUser(on, userId, creditType)
  if (!user) return { status: 'user-not-found' }
  const earlier = keyClaim && (await findKey(on, userId, keyClaim.key))
  if (earlier) return earlier
  const oldTier = effectiveTier(user, now)
  if (!goesTheRightWay(command, oldTier)) return { status: 'wrong-direction', currentTier: oldTier }

  const kept = isExpired(user, now) ? null : user.membershipExpiresAt
  const expiresAt = command.expiresAt === undefined ? kept : command.expiresAt
  await call(on, 'public.set_membership(p_user_id => $1, p_tier => $2, p_expires_at => $3, p_reason => $4)', [
    userId,
    targetTier,
    expiresAt,
    command.action,
  ])
  const oldCredits = user.credits
  const newCredits = creditsAfter(command, oldCredits)
  const change = {
    oldTier,
    newTier: targetTier,
    oldCredits,
    newCredits,
    creditsDelta: newCredits - oldCredits,
  }
  const transactionId = await moveCredits(on, command, change, { creditType, grantType })
  return { status: 'done', transactionId, ...change }
}

async function moveCredits(
  on: LivebalanceTransaction,
  { userId, action, metadata, keyClaim }: TierChangeCommand,
  change: { creditsDelta: number },
  { creditType, grantType }: { creditType: string; grantType: GrantType },
): Promise<string> {
  const { creditsDelta } = change
  if (creditsDelta === 0) return ''
  const shared =
    'p_user_id => $1, p_amount => $2, p_credit_type => $3, p_action => $4, p_idempotency_key => $5, p_request_hash => $6, p_metadata => cast($7 as jsonb)'
  const values = [
    userId,
    Math.abs(creditsDelta),
    creditType,
    action,
    keyClaim?.key ?? null,
    keyClaim?.request ?? null,
    // A repeated key gets its first result from here.
    JSON.stringify({ ...metadata, tierChange: { request: keyClaim?.request, result: change } }),
  ]
  const result =
    creditsDelta > 0
      ? await call(on, `public.add_credits(${shared}, p_type => $8)`, [...values, grantType])
      : await call(on, `public.deduct_credits(${shared})`, values)
  return result.transactionId
}

async function findKey(
  on: LivebalanceTransaction,
  userId: string,
  key: string,
): Promise<TierChangeOutcome | undefined> {
  const { rows } = await on.query(
    'select id, metadata from public.credit_transactions where user_id = $1 and idempotency_key = $2',
    [userId, key],
  )
  const [row] = rows
  if (!row) return undefined
  const { tierChange } = toObject(row.metadata)
  if (tierChange === undefined) return otherRequest
  const { request, result } = toStoredResult(tierChange)
  return {
    status: 'replayed',
    record: { result: { request, result: { ...result, transactionId: String(row.id) } } },
  }
}

async function call(
  on: LivebalanceTransaction,
  statement: string,
  values: unknown[],
): Promise<Extract<FunctionResult, { ok: true }>> {
  const { rows } = await on.query(`select ${statement} as result`, values)
  // `set_membership` has no transaction and no balance.
  const success = { transaction_id: '', amount: 0, balance: 0 }
  const refusal = { code: 'unknown', message: 'Livebalance refused.' }
  const result = toFunctionResult({ ...success, ...refusal, ...toObject(rows[0]?.result) })
  if (!result.ok) throw new LivebalanceRefusalError(result.code, result.message)
  return result
}
