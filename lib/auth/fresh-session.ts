import 'server-only'
import type { CurrentUser } from './session'
import { listSessions } from './sessions'

const FRESH_MS = 15 * 60 * 1000

/**
 * Whether somebody signed in a moment ago, so that they need not prove again who they are. A session that was stolen is
 * older as a rule, and the age counts from the sign-in: renewing a session does not make it younger.
 */
export async function isFreshSession(user: CurrentUser): Promise<boolean> {
  const session = (await listSessions(user.id)).find(({ id }) => id === user.sessionId)
  return session !== undefined && Date.now() - Date.parse(session.created_at) < FRESH_MS
}
