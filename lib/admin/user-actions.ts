import 'server-only'
import { z } from 'zod'
import { callFunction } from '@/lib/supabase/call-function'
import { timestamp } from '@/lib/timestamp'
import { chosenUser, idempotencyKey, reason } from './reason'

const done = z.object({ ok: z.literal(true) })

export const signingOut = z.strictObject({ userId: chosenUser, reason })

/** Ends every session of a user. @throws RefusedError `user_not_found`, `account_closed` or `forbidden` */
export async function signOutUser(actorId: string, { userId, reason }: z.output<typeof signingOut>) {
  const args = { p_user_id: userId, p_reason: reason, p_actor_id: actorId }
  const { ended } = await callFunction('sign_out_user', args, done.extend({ ended: z.int() }))
  return { ended }
}

export const ban = z.strictObject({ userId: chosenUser, banned: z.boolean(), reason })

/** Bans a user, or lifts the ban. @throws RefusedError as `signOutUser`, and `account_of_admin` */
export async function setBan(actorId: string, { userId, banned, reason }: z.output<typeof ban>) {
  const args = { p_user_id: userId, p_reason: reason, p_actor_id: actorId }
  await callFunction(banned ? 'ban_user' : 'unban_user', args, done)
  return { banned }
}

export const role = z.strictObject({ userId: chosenUser, admin: z.boolean(), reason })

/** Makes a user an admin, or takes the role away. @throws RefusedError as `signOutUser`, `last_admin`, `account_banned` */
export async function setRole(actorId: string, { userId, admin, reason }: z.output<typeof role>) {
  const args = { p_user_id: userId, p_reason: reason, p_actor_id: actorId }
  await callFunction(admin ? 'appoint_admin' : 'dismiss_admin', args, done)
  return { admin }
}

export const gift = z.strictObject({
  userId: chosenUser,
  /** Whole credits. */
  amount: z.int().positive().max(Number.MAX_SAFE_INTEGER),
  creditType: z.string().min(1).max(40).optional(),
  expiresAt: timestamp.optional(),
  reason,
  idempotencyKey,
})

const given = z.object({
  balance: z.int(),
  version: z.int(),
  credit_type: z.string(),
  transaction_id: z.int(),
})

/** Gives a user credits, once per key. @throws RefusedError as `signOutUser`, `already_expired`, `balance_limit`, … */
export async function giveCredits(actorId: string, input: z.output<typeof gift>) {
  const change = await callFunction(
    'give_credits',
    {
      p_user_id: input.userId,
      p_amount: input.amount,
      p_reason: input.reason,
      p_actor_id: actorId,
      p_credit_type: input.creditType,
      p_expires_at: input.expiresAt,
      p_idempotency_key: `give:${input.idempotencyKey}`,
    },
    given,
  )
  return {
    newBalance: change.balance,
    balanceVersion: change.version,
    creditType: change.credit_type,
    transactionId: change.transaction_id,
  }
}
