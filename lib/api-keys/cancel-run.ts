import 'server-only'
import { z } from 'zod'
import { parseInput } from '@/lib/http'
import { positiveId } from '@/lib/http/positive-id'
import { callFunction } from '@/lib/supabase/call-function'
import { spenderArgument } from '@/lib/supabase/caller'
import type { KeyUser } from './api-key-call'

const asked = z.object({ status: z.string() })

/**
 * Asks for the end of a run that a key has started: it ends within seconds, and is given back unless its tool charges on
 * abort. `status` is how it stands: 'running' until it ends.
 * @throws RefusedError `run_not_found` or `scope_missing`
 */
export async function cancelRun(user: KeyUser, id: string): Promise<{ runId: number; status: string }> {
  const runId = parseInput(positiveId, id)
  const args = { p_user_id: user.id, p_caller: spenderArgument(user), p_run_id: runId }
  const { status } = await callFunction('cancel_run', args, asked)
  return { runId, status }
}
