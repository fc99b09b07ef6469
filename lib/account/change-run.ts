import 'server-only'
import { z } from 'zod'
import type { CurrentUser } from '@/lib/auth/session'
import { callFunction } from '@/lib/supabase/call-function'
import { callerArgument } from '@/lib/supabase/caller'

/** What can be done with a run. */
export const runChange = z.strictObject({ action: z.enum(['cancel', 'delete']) })

const canceled = z.object({ status: z.string() })
const deleted = z.object({ replayed: z.boolean() })

/**
 * Cancels a run of who is signed in, by whatever it came, or deletes what is kept of one that has ended. `status` is how
 * it stands: a canceled run goes on for a second at most.
 * @throws RefusedError `session_ended`, `run_not_found`, or `run_in_flight` for a run that is to be deleted
 */
export async function changeRun(
  user: CurrentUser,
  runId: number,
  { action }: z.output<typeof runChange>,
): Promise<{ runId: number; status: string }> {
  const args = { p_user_id: user.id, p_caller: callerArgument(user), p_run_id: runId }
  if (action === 'cancel') return { runId, ...(await callFunction('cancel_run', args, canceled)) }
  await callFunction('delete_run', args, deleted)
  return { runId, status: 'deleted' }
}
