import 'server-only'
import { z } from 'zod'
import { NotFoundError } from '@/lib/http/errors'
import { sendDueMails } from '@/lib/mail/send-mails'
import { reconcileRecent } from '@/lib/payments/reconciliation/reconcile'
import { endSurplusSubscriptions } from '@/lib/payments/subscriptions/end-surplus'
import { callFunction } from '@/lib/supabase/call-function'
import { drainQueue } from '@/lib/tool-runner/background/app-worker'

/** The jobs a scheduler calls, each safe to run at any time: the name of a database function, or a function of ours. */
const JOBS = {
  'release-expired-holds': 'release_expired_holds',
  'expire-grants': 'expire_grants',
  'purge-rate-limits': 'purge_rate_limits',
  'purge-stored-responses': 'purge_stored_responses',
  'purge-event-payloads': 'purge_event_payloads',
  'queue-expiring-mails': 'queue_expiring_mails',
  'send-mails': sendDueMails,
  'end-surplus-subscriptions': endSurplusSubscriptions, // #only payments
  'work-runs': workRuns,
  reconcile: reconcileRecent, // #only payments
} as const

/** How long a request of a scheduler takes further runs off the queue, in ms. */
const CLAIM_FOR_MS = 45_000

async function workRuns() {
  return { ok: true, ran: await drainQueue(CLAIM_FOR_MS) }
}

function isJob(name: string): name is keyof typeof JOBS {
  return Object.hasOwn(JOBS, name)
}

/** Runs a job by its name and gives what it counted. @throws NotFoundError for an unknown name */
export async function runJob(name: string) {
  if (!isJob(name)) throw new NotFoundError(`There is no job "${name}".`, 'unknown_job')
  const job = JOBS[name]
  if (typeof job === 'function') return await job()
  return callFunction(job, {}, z.json())
}
