import type { User } from '../../records.ts'
import { toCredits, toDate, toTextOrNull, toTimestamp } from '../sql/values.ts'
import type { LivebalanceTransaction } from './connection.ts'

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i

/** Whether the text can be a user's id. Anything else would be an error of the database, and end the transaction. */
export function isUserId(userId: string): boolean {
  return UUID.test(userId)
}

/** The user with the wallet of one credit type. Credits that are due to expire are counted until they do. */
export async function readUser(
  on: LivebalanceTransaction,
  userId: string,
  creditType: string,
): Promise<User | null> {
  if (!isUserId(userId)) return null
  const { rows } = await on.query(
    `select p.membership_tier, p.membership_expires_at, p.created_at, p.updated_at, c.balance
    from public.profiles p
    left join public.credits c on c.user_id = p.id and c.credit_type = $2
    where p.id = $1`,
    [userId, creditType],
  )
  const [row] = rows
  if (!row) return null
  return {
    id: userId,
    credits: toCredits(row.balance),
    membershipTier: toTextOrNull(row.membership_tier),
    membershipExpiresAt: toDate(row.membership_expires_at),
    createdAt: toTimestamp(row.created_at),
    updatedAt: toTimestamp(row.updated_at),
  }
}

/** Locks the wallet until the transaction ends, and opens it if it is not there. */
export async function lockUser(
  on: LivebalanceTransaction,
  userId: string,
  creditType: string,
): Promise<User | null> {
  if (!isUserId(userId)) return null
  await on.query('select public.initialize_credits(p_user_id => $1, p_credit_type => $2)', [
    userId,
    creditType,
  ])
  return readUser(on, userId, creditType)
}
