import 'server-only'
import { z } from 'zod'
import { NotFoundError } from '@/lib/http/errors'
import type { JobName } from '@/lib/job-intervals'
import { logger } from '@/lib/logger'
import { sendDueMails } from '@/lib/mail/send-mails'
import { reconcileRecent } from '@/lib/payments/reconciliation/reconcile'
import { endSurplusSubscriptions } from '@/lib/payments/subscriptions/end-surplus'
import { callFunction } from '@/lib/supabase/call-function'
import type { Json } from '@/lib/supabase/database.types'
import { drainQueue } from '@/lib/tool-runner/background/app-worker'

/** The jobs a scheduler calls, each safe to run at any time: the name of a database function, or a function of ours. */
const JOBS = {
  'release-expired-holds': 'release_expired_holds',
  'expire-grants': 'expire_grants',
  'purge-rate-limits': 'purge_rate_limits',
  'purge-stored-responses': 'purge_stored_responses',
  'purge-event-payloads': 'purge_event_payloads',
  'queue-expiring-mails': 'queue_expiring_mails',
  'sum-up-days': 'sum_up_days',
  'verify-ledger': 'check_ledger',
  'send-mails': sendDueMails,
  'end-surplus-subscriptions': endSurplusSubscriptions, // #only payments
  'work-runs': workRuns,
  reconcile: reconcileRecent, // #only payments
} as const satisfies Record<JobName, string | (() => Promise<Json>)>

/** How long a request of a scheduler takes further runs off the queue, in ms. */
const CLAIM_FOR_MS = 45_000

async function workRuns() {
  return { ok: true, ran: await drainQueue(CLAIM_FOR_MS) }
}

function isJob(name: string): name is JobName {
  return Object.hasOwn(JOBS, name)
}

/**
 * Runs a job by its name and gives what it counted. Each run is recorded in `job_runs`, a failed one too.
 * @throws NotFoundError for an unknown name
 */
export async function runJob(name: string) {
  if (!isJob(name)) throw new NotFoundError(`There is no job "${name}".`, 'unknown_job')
  const job = JOBS[name]
  try {
    // A function of the database records its own runs: pg_cron calls it, too.
    if (typeof job !== 'function') return await callFunction(job, {}, z.json())
    const result = await job()
    await record({ p_job: name, p_result: result })
    return result
  } catch (error) {
    await record({ p_job: name, p_error: error instanceof Error ? error.message : String(error) })
    throw error
  }
}

const recorded = z.object({ recorded: z.boolean() })

/** What cannot be recorded is logged: the job itself has run. */
async function record(run: { p_job: JobName; p_result?: Json; p_error?: string }): Promise<void> {
  try {
    await callFunction('record_job_run', run, recorded)
  } catch (error) {
    logger.error('a run of a job could not be recorded', { job: run.p_job, error })
  }
}
