import 'server-only'
import { assertSameOrigin } from '@/lib/auth/origin'
import { requireApiAdmin } from '@/lib/auth/roles'
import { type CurrentUser, forgetSession, requireApiUser } from '@/lib/auth/session'
import { countAttempt } from '@/lib/rate-limits/count-attempt'
import type { RateLimitedAction } from '@/lib/rate-limits/limits'
import { assertOutsideView } from './assert-outside-view'
import { AppError } from './errors'

/**
 * For who is signed in: session, origin and `rate`, the limit that the attempt counts against, are checked before
 * anything is read. @throws the error that says what is wrong with the caller
 */
export async function admitUser(request: Request, rate?: RateLimitedAction): Promise<{ user: CurrentUser }> {
  const user = await requireApiUser()
  assertSameOrigin(request)
  assertOutsideView(request) // #only admin
  if (rate) await countAttempt(rate, { headers: request.headers, userId: user.id })
  return { user }
}

/** For admins: as {@link admitUser}, and the role is asked of the database. */
export async function admitAdmin(request: Request): Promise<{ admin: CurrentUser }> {
  const admin = await requireApiAdmin()
  assertSameOrigin(request)
  return { admin }
}

/**
 * The database refuses where money moves in a session that was ended, although its token is still good: then the
 * browser's cookie goes too, or the login page would take it for signed in.
 */
export async function endRefusedSession<Result>(run: () => Promise<Result>): Promise<Result> {
  try {
    return await run()
  } catch (error) {
    if (error instanceof AppError && error.code === 'session_ended') await forgetSession()
    throw error
  }
}
