import 'server-only'
import { createClient as createSupabaseClient } from '@supabase/supabase-js'
import { env } from '@/lib/env'
import { currentSession } from './current-session'
import type { Database } from './database.types'

/**
 * A client for the data of this request, acting as the signed-in user under row-level security, else as a visitor.
 * Never keep it. Signing in and out is done by `createAuthClient`.
 */
export async function createClient() {
  const { NEXT_PUBLIC_SUPABASE_URL, NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY } = env()
  return createSupabaseClient<Database>(NEXT_PUBLIC_SUPABASE_URL, NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY, {
    accessToken: async () => {
      const session = await currentSession()
      return session.state === 'active' ? session.accessToken : null
    },
  })
}
