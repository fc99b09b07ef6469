import { createBrowserClient } from '@supabase/ssr'
import { publicEnv } from '@/lib/env/public-env'
import { countFromNow } from './count-from-now'
import type { Database } from './database.types'
import { sessionCookieName } from './session-cookie-name'

/** The one client of this tab: signed in by cookie, bound by row-level security. */
export function createClient() {
  const { supabaseUrl, supabasePublishableKey } = publicEnv()
  return createBrowserClient<Database>(supabaseUrl, supabasePublishableKey, {
    isSingleton: true,
    cookieOptions: {
      name: sessionCookieName(supabaseUrl),
      secure: window.location.protocol === 'https:',
    },
    cookies: { encode: 'tokens-only' },
    global: { fetch: countFromNow },
  })
}
