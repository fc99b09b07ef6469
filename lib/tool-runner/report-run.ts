import 'server-only'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { env } from '@/lib/env'
import { AppError } from '@/lib/http/errors'
import { logger } from '@/lib/logger'
import { callFunction } from '@/lib/supabase/call-function'
import type { ToolProgress } from './define-tool'

/** How soon progress is kept, and a canceled run ends, in ms. A shorter run asks nothing. */
const REPORT_MS = 1_000

const MAX_MESSAGE_LENGTH = 200

/** The run belongs to another worker by now, or will soon. */
export class RunLostError extends AppError {
  constructor() {
    super('run_lost', 409, 'The run was taken over by another worker.')
  }
}

const reported = z.object({ is_lost: z.boolean(), is_cancel_requested: z.boolean() })

type Report = {
  /** Aborted with `run_canceled` once somebody has canceled the run, from whichever process, or with a RunLostError. */
  signal: AbortSignal
  progress: (progress: ToolProgress) => void
  stop: () => void
}

/** Reports on a run while it goes on, to whoever looks at it, and keeps its lease for a worker. */
export function reportRun(runId: number, lease?: string): Report {
  const ended = new AbortController()
  const stopped = new AbortController()
  let latest: ToolProgress | undefined
  const takeProgress = () => {
    const progress = latest
    latest = undefined
    return progress
  }
  void keepReporting({ runId, lease, takeProgress, ended, stopped: stopped.signal })
  return {
    signal: ended.signal,
    progress: (progress) => {
      latest = progress
    },
    stop: () => stopped.abort(),
  }
}

type Reporting = {
  runId: number
  lease?: string
  takeProgress: () => ToolProgress | undefined
  ended: AbortController
  stopped: AbortSignal
}

async function keepReporting({ runId, lease, takeProgress, ended, stopped }: Reporting): Promise<void> {
  const leaseMs = env().RUN_LEASE_MS
  let heardAt = Date.now()
  for (;;) {
    await delay(Math.min(REPORT_MS, leaseMs / 4), undefined, { signal: stopped, ref: false }).catch(
      () => undefined,
    )
    if (stopped.aborted || ended.signal.aborted) return
    try {
      const asked = Date.now()
      const { is_lost, is_cancel_requested } = await callFunction(
        'report_run',
        {
          p_run_id: runId,
          p_progress: toStored(takeProgress()),
          ...(lease && { p_lease: lease, p_lease_ms: leaseMs }),
        },
        reported,
      )
      heardAt = asked
      if (is_lost) ended.abort(new RunLostError())
      else if (is_cancel_requested) ended.abort(new AppError('run_canceled', 409, 'The run was canceled.'))
    } catch (error) {
      // A run is not ended for a database that does not answer, unless another worker may have it by now.
      logger.warn('a run could not be reported on', { runId, error })
      if (lease && Date.now() - heardAt > leaseMs) ended.abort(new RunLostError())
    }
  }
}

function toStored(progress: ToolProgress | undefined) {
  if (!progress) return undefined
  const message = progress.message.slice(0, MAX_MESSAGE_LENGTH).toWellFormed().replaceAll('\0', '')
  return { done: progress.done, total: progress.total, message }
}
