import { createBrowserClient } from '@supabase/ssr'
import { publicEnv } from '@/lib/env/public-env'
import { countFromNow } from './count-from-now'
import type { Database } from './database.types'

/** The one client of this tab: signed in by cookie, bound by row-level security. */
export function createClient() {
  const { supabaseUrl, supabasePublishableKey } = publicEnv()
  return createBrowserClient<Database>(supabaseUrl, supabasePublishableKey, {
    isSingleton: true,
    cookieOptions: { secure: window.location.protocol === 'https:' },
    global: { fetch: countFromNow },
  })
}
