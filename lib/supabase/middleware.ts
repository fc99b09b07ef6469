import 'server-only'
import { createServerClient } from '@supabase/ssr'
import { type NextRequest, NextResponse } from 'next/server'
import { env } from '@/lib/env'
import { cookieOptions } from './cookie-options'
import type { Database } from './database.types'

type SetCookie = Parameters<NextResponse['cookies']['set']>

/**
 * Refreshes the session of a request when it is due. `carry(response)` puts the new cookies, and the headers that
 * keep a cache from sharing them, onto whatever response goes out; `next()` is the one that renders the page.
 */
export async function updateSession(request: NextRequest) {
  const changedCookies: SetCookie[] = []
  const cacheHeaders: [string, string][] = []
  const { NEXT_PUBLIC_SUPABASE_URL, NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY } = env()

  const supabase = createServerClient<Database>(
    NEXT_PUBLIC_SUPABASE_URL,
    NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY,
    {
      cookieOptions: cookieOptions(),
      cookies: {
        getAll: () => request.cookies.getAll(),
        setAll(changed, headers) {
          for (const { name, value, options } of changed) {
            // The page rendered by this very request must see the new session as well.
            request.cookies.set(name, value)
            changedCookies.push([name, value, options])
          }
          cacheHeaders.push(...Object.entries(headers))
        },
      },
    },
  )
  const { data } = await supabase.auth.getClaims()

  function carry(response: NextResponse): NextResponse {
    for (const cookie of changedCookies) response.cookies.set(...cookie)
    for (const [name, value] of cacheHeaders) response.headers.set(name, value)
    return response
  }
  return { isSignedIn: data !== null, carry, next: () => carry(NextResponse.next({ request })) }
}
