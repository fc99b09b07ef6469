import type { ChargeCommand, ChargeOutcome } from '../../storage/commands.ts'
import { toCredits, toTextOrNull } from '../sql/values.ts'
import type { LivebalanceTransaction } from './connection.ts'
import { LivebalanceRefusalError, otherRequest, toFunctionResult } from './function-result.ts'
import { isUserId } from './users.ts'

/**
 * A charge in one round trip: the price of the tier that counts now, taken by `deduct_credits`. A price of 0 has no
 * ledger row, because Livebalance has none of 0 credits, and so no transaction id.
 */
export async function charge(
  on: LivebalanceTransaction,
  { userId, action, prices, keyClaim, metadata, now }: ChargeCommand,
  creditType: string,
): Promise<ChargeOutcome> {
  if (!isUserId(userId)) return { status: 'user-not-found' }
  const { rows } = await on.query(
    `select tier, cost, balance, case when cost > 0 then public.deduct_credits(
      p_user_id => id, p_amount => cost, p_credit_type => $2, p_action => $3, p_idempotency_key => $4,
      p_request_hash => $5, p_metadata => cast($6 as jsonb) || more
    ) end as result
    from (
      select id, tier, balance, cast(price ->> 'cost' as bigint) as cost, coalesce(price -> 'metadata', '{}') as more
      from (
        select p.id, t.tier, coalesce(c.balance, 0) as balance, coalesce(x.prices -> 'tiers' -> t.tier, x.prices -> 'other') as price
        from public.profiles p
        left join public.credits c on c.user_id = p.id and c.credit_type = $2
        cross join lateral (
          select case when p.membership_expires_at is null or p.membership_expires_at > $7 then p.membership_tier end as tier
        ) t
        cross join (select cast($8 as jsonb) as prices) x
        where p.id = $1
      ) priced
    ) charged`,
    [
      userId,
      creditType,
      action,
      keyClaim?.key ?? null,
      keyClaim?.request ?? null,
      JSON.stringify(metadata),
      now,
      JSON.stringify(prices),
    ],
  )
  const [row] = rows
  if (!row) return { status: 'user-not-found' }
  if (row.cost === null) return { status: 'refused', tier: toTextOrNull(row.tier) }
  if (row.result === null) {
    const balance = toCredits(row.balance)
    return { status: 'done', transactionId: '', cost: 0, balanceBefore: balance, balanceAfter: balance }
  }
  const result = toFunctionResult(row.result)
  if (result.ok) {
    const { transactionId, amount, balance } = result
    return {
      status: 'done',
      transactionId,
      cost: -amount,
      balanceBefore: balance - amount,
      balanceAfter: balance,
    }
  }
  if (result.code === 'insufficient_credits')
    return {
      status: 'insufficient',
      required: toCredits(result.details.required),
      available: toCredits(result.details.balance),
    }
  if (result.code === 'idempotency_conflict') return otherRequest
  throw new LivebalanceRefusalError(result.code, result.message)
}
