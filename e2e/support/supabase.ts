import { createClient } from '@supabase/supabase-js'
import type { Credentials } from './accounts.ts'
import { stackEnv } from './environment.ts'

const IN_MEMORY = { auth: { persistSession: false, autoRefreshToken: false } }

/**
 * supabase-js as a stranger would point it at the project, with the public key: signed in as an account, or with a
 * token of one's own making, if told.
 */
export async function openClient(who?: Credentials | string) {
  const url = stackEnv('NEXT_PUBLIC_SUPABASE_URL')
  const key = stackEnv('NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY')
  if (typeof who === 'string') return createClient(url, key, { ...IN_MEMORY, accessToken: async () => who })
  const client = createClient(url, key, IN_MEMORY)
  if (who) {
    const { error } = await client.auth.signInWithPassword(who)
    if (error) throw error
  }
  return client
}
