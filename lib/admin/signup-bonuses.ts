import 'server-only'
import { z } from 'zod'
import { callFunction } from '@/lib/supabase/call-function'
import { createClient } from '@/lib/supabase/server'

export type HeldBonus = { userId: string; email: string; network: string; heldAt: string }

/**
 * The sign-up bonuses that are held, oldest first: all, or those of one user.
 * Reads as the caller, so nobody but an admin sees one. Throws when the database does not answer.
 */
export async function listHeldBonuses(limit: number, userId?: string): Promise<HeldBonus[]> {
  const supabase = await createClient()
  let query = supabase
    .from('signup_bonuses')
    .select('user_id, client_network, created_at, profiles!inner(email)')
    .eq('status', 'held')
  if (userId) query = query.eq('user_id', userId)
  const { data, error } = await query.order('created_at').limit(limit)
  if (error) throw new Error(`The held bonuses could not be read: ${error.message}`, { cause: error })
  return data.map((row) => ({
    userId: row.user_id ?? '',
    email: row.profiles.email,
    network: row.client_network ?? 'unknown',
    heldAt: row.created_at,
  }))
}

/** Grants a held bonus in the name of an admin. @throws RefusedError `bonus_not_held` or `forbidden` */
export async function releaseSignupBonus(userId: string, actorId: string): Promise<void> {
  const args = { p_user_id: userId, p_actor_id: actorId }
  await callFunction('release_signup_bonus', args, z.object({ ok: z.literal(true) }))
}
