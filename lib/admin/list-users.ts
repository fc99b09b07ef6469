import 'server-only'
import { GENERAL } from '@/lib/credit-type'
import { createClient } from '@/lib/supabase/server'
import { escapePattern } from './escape-pattern'

export type UserSummary = { id: string; email: string; name: string; createdAt: string; balance: number }

/**
 * The newest users whose e-mail address contains `search`, with their general balance in whole credits.
 * Reads as the caller: an admin sees everyone, anybody else only themselves. Throws when the database does not answer.
 */
export async function listUsers(search: string, limit: number): Promise<UserSummary[]> {
  const supabase = await createClient()
  let query = supabase.from('profiles').select('id, email, name, created_at')
  if (search) query = query.ilike('email', `%${escapePattern(search)}%`)
  const profiles = await query.order('created_at', { ascending: false }).limit(limit)
  if (profiles.error) throw new Error(`The users could not be read: ${profiles.error.message}`)

  const ids = profiles.data.map(({ id }) => id)
  const wallets = await supabase
    .from('credits')
    .select('user_id, balance')
    .eq('credit_type', GENERAL)
    .in('user_id', ids)
  if (wallets.error) throw new Error(`The wallets could not be read: ${wallets.error.message}`)

  const balances = new Map(wallets.data.map((wallet) => [wallet.user_id, wallet.balance]))
  return profiles.data.map(({ id, email, name, created_at }) => ({
    id,
    email,
    name,
    createdAt: created_at,
    balance: balances.get(id) ?? 0,
  }))
}
