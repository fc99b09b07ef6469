import 'server-only'
import { setTimeout as delay } from 'node:timers/promises'
import { AppError } from '@/lib/http/errors'
import { logger } from '@/lib/logger'
import { createAdminClient } from '@/lib/supabase/admin'

/** How soon a canceled run ends, in ms. A shorter run asks nothing. */
const POLL_MS = 1_000

/** Aborts its signal with `run_canceled` once somebody has asked for the end of a run, from whichever process. */
export function watchCancel(runId: number): { signal: AbortSignal; stop: () => void } {
  const canceled = new AbortController()
  const stopped = new AbortController()
  void poll(runId, canceled, stopped.signal)
  return { signal: canceled.signal, stop: () => stopped.abort() }
}

async function poll(runId: number, canceled: AbortController, stopped: AbortSignal): Promise<void> {
  while (!stopped.aborted && !canceled.signal.aborted) {
    await delay(POLL_MS, undefined, { signal: stopped, ref: false }).catch(() => undefined)
    if (stopped.aborted) return
    const { data, error } = await createAdminClient().rpc('is_cancel_requested', { p_run_id: runId })
    // A run is not ended for a database that does not answer.
    if (error) logger.warn('whether a run was canceled could not be read', { runId, error: error.message })
    if (data) canceled.abort(new AppError('run_canceled', 409, 'The run was canceled.'))
  }
}
