import 'server-only'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import { ServiceUnavailableError, UnauthorizedError } from '@/lib/http/errors'
import { currentSession, renewedSession } from '@/lib/supabase/current-session'
import type { Session } from '@/lib/supabase/session'
import { withNext } from './next-path'

export { forgetSession } from '@/lib/supabase/current-session'

/** `sessionId` is checked by the database where money or rights move: a token outlives a session that was ended. */
export type CurrentUser = { id: string; email: string; sessionId: string }

/** Who sends this request, or null. Verified locally against the project's public keys, once per request. */
export const getCurrentUser = cache(async (): Promise<CurrentUser | null> => toUser(await currentSession()))

function toUser(session: Session): CurrentUser | null {
  if (session.state !== 'active') return null
  const { userId, email, sessionId } = session.claims
  return { id: userId, email, sessionId }
}

/** For pages: the signed-in user, else a redirect to the login page, which leads back to `nextPath`. */
export async function requireUser(nextPath = '/dashboard'): Promise<CurrentUser> {
  const user = await getCurrentUser()
  if (!user) redirect(withNext('/login', nextPath))
  return user
}

/** For route handlers: the signed-in user. @throws UnauthorizedError (401), or ServiceUnavailableError (503) */
export async function requireApiUser(): Promise<CurrentUser> {
  const session = await renewedSession()
  if (session.state === 'unavailable') {
    const { retryAfterSeconds } = session
    const message =
      'Your session could not be checked. You are still signed in; please try again in a moment.'
    throw new ServiceUnavailableError(message, retryAfterSeconds)
  }
  const user = toUser(session)
  if (!user) throw new UnauthorizedError()
  return user
}
