import 'server-only'
import { NotFoundError } from '@/lib/http/errors'
import type { createAdminClient } from '@/lib/supabase/admin'
import { readRun } from './read-run'

/**
 * A run as programs see it, `charged` in whole credits; through the caller's own rights by default.
 * @throws NotFoundError `run_not_found`, also for another's
 */
export async function readRunRecord(
  userId: string,
  id: string,
  client?: ReturnType<typeof createAdminClient>,
) {
  const run = await readRun(userId, id, client)
  if (!run) throw new NotFoundError('There is no such run.', 'run_not_found')
  return {
    id: run.id,
    tool: run.tool,
    source: run.source,
    status: run.status,
    progress: run.progress,
    charged: run.charged,
    input: run.input,
    response: run.response,
    createdAt: run.created_at,
    finishedAt: run.finished_at,
  }
}
