import 'server-only'
import { z } from 'zod'
import type { CurrentUser } from '@/lib/auth/session'
import { callFunction, readFunction } from '@/lib/supabase/call-function'
import { timestamp } from '@/lib/timestamp'
import { chosenUser, reason } from './reason'

export const viewBegin = z.strictObject({ userId: chosenUser, reason })

const begun = z.object({ ok: z.literal(true), ends_at: timestamp })

/**
 * Lets an admin look at the app as one user sees it, from this session, for half an hour. It gives no right to anything:
 * what is shown is read by the admin's own rights.
 * @throws RefusedError `user_not_found`, `account_closed`, `account_of_admin`, `session_ended` or `forbidden`
 */
export async function beginAccountView(
  { id, sessionId }: CurrentUser,
  { userId, reason }: z.output<typeof viewBegin>,
): Promise<{ endsAt: string }> {
  const args = { p_user_id: userId, p_reason: reason, p_actor_id: id, p_session_id: sessionId }
  const { ends_at: endsAt } = await callFunction('begin_account_view', args, begun)
  return { endsAt }
}

export const viewEnd = z.strictObject({ userId: chosenUser })

/** Stops it before its time. One that is over already is no error. */
export async function endAccountView(
  { sessionId }: CurrentUser,
  { userId }: z.output<typeof viewEnd>,
): Promise<{ ended: true }> {
  const args = { p_user_id: userId, p_session_id: sessionId }
  await callFunction('end_account_view', args, z.object({ ok: z.literal(true) }))
  return { ended: true }
}

/** Until when an admin looks at the account of a user from this session; null when it is over. Asked of the database. */
export async function readAccountView(
  { id, sessionId }: CurrentUser,
  userId: string,
): Promise<string | null> {
  const args = { p_user_id: userId, p_actor_id: id, p_session_id: sessionId }
  return z
    .string()
    .nullable()
    .parse(await readFunction('read_account_view', args))
}
