import 'server-only'
import { createClient } from '@/lib/supabase/server'
import { escapePattern } from './escape-pattern'

export type UserSummary = {
  id: string
  email: string
  name: string
  createdAt: string
  /** By credit type, in whole credits; a wallet that was never opened is not there. */
  balances: Record<string, number>
}

/**
 * The newest users whose e-mail address contains `search`, with the balance of each wallet.
 * Reads as the caller: an admin sees everyone, anybody else only themselves. Throws when the database does not answer.
 */
export async function listUsers(search: string, limit: number): Promise<UserSummary[]> {
  const supabase = await createClient()
  let query = supabase.from('profiles').select('id, email, name, created_at')
  if (search) query = query.ilike('email', `%${escapePattern(search)}%`)
  const profiles = await query.order('created_at', { ascending: false }).limit(limit)
  if (profiles.error) throw new Error(`The users could not be read: ${profiles.error.message}`)

  const ids = profiles.data.map(({ id }) => id)
  const wallets = await supabase.from('credits').select('user_id, credit_type, balance').in('user_id', ids)
  if (wallets.error) throw new Error(`The wallets could not be read: ${wallets.error.message}`)

  const balances = new Map<string, Record<string, number>>()
  for (const { user_id, credit_type, balance } of wallets.data) {
    balances.set(user_id, { ...balances.get(user_id), [credit_type]: balance })
  }
  return profiles.data.map(({ id, email, name, created_at }) => ({
    id,
    email,
    name,
    createdAt: created_at,
    balances: balances.get(id) ?? {},
  }))
}
