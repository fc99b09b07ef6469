import 'server-only'
import { z } from 'zod'
import { callFunction, readFunction } from '@/lib/supabase/call-function'
import { callerArgument } from '@/lib/supabase/caller'
import type { CurrentUser } from './session'

export type AccountSession = {
  id: string
  created_at: string
  last_used_at: string
  user_agent: string | null
  address: string | null
}

/** Where a user is signed in, the session used last first. */
export async function listSessions(userId: string): Promise<AccountSession[]> {
  return readFunction('list_sessions', { p_user_id: userId })
}

const ended = z.object({ ended: z.int() })

/**
 * Signs the user out of one session of theirs, or of all but the one that asks. One that has ended already is no error.
 * @throws RefusedError `session_ended`
 */
export async function endSessions(user: CurrentUser, sessionId?: string): Promise<{ ended: number }> {
  const args = { p_user_id: user.id, p_caller: callerArgument(user), p_session_id: sessionId }
  return callFunction('end_sessions', args, ended)
}
