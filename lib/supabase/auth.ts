import 'server-only'
import { createServerClient } from '@supabase/ssr'
import { cookies, headers } from 'next/headers'
import { env } from '@/lib/env'
import { clientAddress } from '@/lib/http/client-address'
import { authHeaders } from './auth-request'
import { cookieOptions } from './cookie-options'
import type { Database } from './database.types'
import { keepLimitedSession } from './keep-limited-session'

/**
 * Signs people in and out, in the name of the visitor's address. Nothing but Auth can be reached through it: its secret
 * key would read every row.
 */
export async function createAuthClient() {
  const store = await cookies()
  const { key, identity } = callerOf(clientAddress(await headers()))
  const client = createServerClient<Database>(env().NEXT_PUBLIC_SUPABASE_URL, key, {
    cookieOptions: cookieOptions(),
    global: { headers: identity, fetch: keepLimitedSession },
    cookies: {
      encode: 'tokens-only',
      getAll: () => store.getAll(),
      // next.config.ts sets the cache headers that come along, for every route handler.
      setAll(changed) {
        try {
          for (const { name, value, options } of changed) store.set(name, value, options)
        } catch {
          // Rendering a page cannot set cookies. The middleware has renewed this session already.
        }
      },
    },
  })
  return client.auth
}

/** With the secret key Auth asks for no captcha: where it should, the app comes as anybody would. */
function callerOf(address: string | null): { key: string; identity: Record<string, string> } {
  const { AUTH_CAPTCHA_ENABLED, NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY, SUPABASE_SECRET_KEY } = env()
  if (AUTH_CAPTCHA_ENABLED) return { key: NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY, identity: {} }
  return { key: SUPABASE_SECRET_KEY, identity: authHeaders(address) }
}
