import 'server-only'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { ForbiddenError } from '@/lib/http/errors'
import { readFunction } from '@/lib/supabase/call-function'
import { type CurrentUser, requireApiUser, requireUser } from './session'

/** Asked of the database on every request, so that a role taken away, or a session that was ended, counts at once. */
export const isAdmin = cache(
  async ({ id, sessionId }: CurrentUser): Promise<boolean> =>
    readFunction('is_live_admin', { p_user_id: id, p_session_id: sessionId }),
)

/** For admin pages: strangers are sent to the login page; other users are told there is no such page. */
export async function requireAdmin(nextPath = '/admin'): Promise<CurrentUser> {
  const user = await requireUser(nextPath)
  if (!(await isAdmin(user))) notFound()
  return user
}

/** For admin route handlers. Throws UnauthorizedError or ForbiddenError. */
export async function requireApiAdmin(): Promise<CurrentUser> {
  const user = await requireApiUser()
  if (!(await isAdmin(user))) throw new ForbiddenError()
  return user
}
