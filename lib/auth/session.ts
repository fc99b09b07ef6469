import 'server-only'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import { UnauthorizedError } from '@/lib/http/errors'
import { createClient } from '@/lib/supabase/server'
import { withNext } from './next-path'

export type CurrentUser = { id: string; email: string }

/** Who sends this request, or null. Verified locally against the project's public keys, once per request. */
export const getCurrentUser = cache(async (): Promise<CurrentUser | null> => {
  const supabase = await createClient()
  const { data } = await supabase.auth.getClaims()
  if (!data) return null
  return { id: data.claims.sub, email: data.claims.email ?? '' }
})

/** For pages: the signed-in user, else a redirect to the login page, which leads back to `nextPath`. */
export async function requireUser(nextPath = '/dashboard'): Promise<CurrentUser> {
  const user = await getCurrentUser()
  if (!user) redirect(withNext('/login', nextPath))
  return user
}

/** For route handlers: the signed-in user. Throws UnauthorizedError, which becomes a 401. */
export async function requireApiUser(): Promise<CurrentUser> {
  const user = await getCurrentUser()
  if (!user) throw new UnauthorizedError()
  return user
}
