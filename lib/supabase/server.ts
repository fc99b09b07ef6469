import 'server-only'
import { createServerClient } from '@supabase/ssr'
import { cookies } from 'next/headers'
import { env } from '@/lib/env'
import { cookieOptions } from './cookie-options'
import type { Database } from './database.types'

/** A client for this request, acting as the signed-in user under row-level security. Never keep it. */
export async function createClient() {
  const store = await cookies()
  const { NEXT_PUBLIC_SUPABASE_URL, NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY } = env()
  return createServerClient<Database>(NEXT_PUBLIC_SUPABASE_URL, NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY, {
    cookieOptions: cookieOptions(),
    cookies: {
      getAll: () => store.getAll(),
      // next.config.ts sets the cache headers that come along, for every route handler.
      setAll(changed) {
        try {
          for (const { name, value, options } of changed) store.set(name, value, options)
        } catch {
          // Rendering a page cannot set cookies. The middleware has refreshed this session already.
        }
      },
    },
  })
}
