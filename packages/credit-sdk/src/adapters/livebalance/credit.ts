import { newId } from '../../engine/new-id.ts'
import type { CreditCommand, CreditOutcome } from '../../storage/commands.ts'
import { toCredits } from '../sql/values.ts'
import type { LivebalanceTransaction } from './connection.ts'
import {
  type FunctionResult,
  LivebalanceRefusalError,
  otherRequest,
  toFunctionResult,
} from './function-result.ts'
import { isUserId } from './users.ts'

/** How Livebalance counts credits that come in. */
export type GrantType = 'purchase' | 'signup_bonus' | 'subscription_grant'

/** A grant, or a refund of no certain charge, in one round trip. */
export async function grant(
  on: LivebalanceTransaction,
  { userId, amount, action, keyClaim, metadata }: CreditCommand,
  { creditType, grantType }: { creditType: string; grantType: GrantType },
): Promise<CreditOutcome> {
  if (!isUserId(userId)) return { status: 'user-not-found' }
  const { rows } = await on.query(
    `select public.add_credits(
      p_user_id => $1, p_amount => $2, p_credit_type => $3, p_type => $4, p_action => $5, p_idempotency_key => $6,
      p_request_hash => $7, p_metadata => cast($8 as jsonb)
    ) as result`,
    [
      userId,
      amount,
      creditType,
      grantType,
      action,
      keyClaim?.key ?? null,
      keyClaim?.request ?? null,
      JSON.stringify(metadata),
    ],
  )
  return toOutcome(toFunctionResult(rows[0]?.result))
}

/**
 * A refund of one charge in one round trip. `refund_transaction` without a key happens once, so one is made up here.
 * The ledger row has the action of the charge, and this one as its description; it has no metadata.
 */
export async function refund(
  on: LivebalanceTransaction,
  { userId, amount, action, keyClaim }: CreditCommand,
  refundOf: string,
): Promise<CreditOutcome> {
  if (!isUserId(userId)) return { status: 'user-not-found' }
  if (!/^\d{1,18}$/.test(refundOf)) return { status: 'transaction-not-found' }
  const { rows } = await on.query(
    `select public.refund_transaction(
      p_transaction_id => id, p_amount => $3, p_reason => $4, p_idempotency_key => $5
    ) as result
    from public.credit_transactions
    where id = $2
    and user_id = $1
    and amount < 0`,
    [userId, refundOf, amount, action, keyClaim?.key ?? `refund:${newId()}`],
  )
  const [row] = rows
  if (!row) return { status: 'transaction-not-found' }
  const result = toFunctionResult(row.result)
  if (result.ok) return toOutcome(result)
  if (result.code === 'invalid_amount')
    return { status: 'refund-limit', refundable: toCredits(result.details.refundable) }
  if (result.code === 'not_refundable') return { status: 'refund-limit', refundable: 0 }
  if (result.code === 'transaction_not_found') return { status: 'transaction-not-found' }
  return toOutcome(result)
}

function toOutcome(result: FunctionResult): CreditOutcome {
  if (result.ok) {
    const { transactionId, amount, balance } = result
    return { status: 'done', transactionId, amount, balanceAfter: balance }
  }
  if (result.code === 'user_not_found') return { status: 'user-not-found' }
  if (result.code === 'idempotency_conflict') return otherRequest
  throw new LivebalanceRefusalError(result.code, result.message)
}
