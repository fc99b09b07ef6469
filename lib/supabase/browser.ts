import { createBrowserClient } from '@supabase/ssr'
import { publicEnv } from '@/lib/public-env'

/** The one client of this tab: signed in by cookie, bound by row-level security. */
export function createClient() {
  const { supabaseUrl, supabasePublishableKey } = publicEnv()
  return createBrowserClient(supabaseUrl, supabasePublishableKey, {
    isSingleton: true,
    cookieOptions: { secure: window.location.protocol === 'https:' },
  })
}
