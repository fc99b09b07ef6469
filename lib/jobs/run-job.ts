import 'server-only'
import { createHash, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { env } from '@/lib/env'
import { NotFoundError, UnauthorizedError } from '@/lib/http/errors'
import { sendDueMails } from '@/lib/mail/send-mails'
import { reconcileRecent } from '@/lib/payments/reconciliation/reconcile'
import { callFunction } from '@/lib/supabase/call-function'

/** The jobs a scheduler calls, each safe to run at any time: the name of a database function, or a function of ours. */
const JOBS = {
  'release-expired-holds': 'release_expired_holds',
  'expire-grants': 'expire_grants',
  'purge-rate-limits': 'purge_rate_limits',
  'purge-stored-responses': 'purge_stored_responses',
  'purge-event-payloads': 'purge_event_payloads',
  'send-mails': sendDueMails,
  // #region payments
  reconcile: reconcileRecent,
  // #endregion
} as const

function isJob(name: string): name is keyof typeof JOBS {
  return Object.hasOwn(JOBS, name)
}

/** Whether the request carries `Authorization: Bearer CRON_SECRET`. @throws UnauthorizedError */
export function requireScheduler(request: Request): void {
  const secret = env().CRON_SECRET
  const given = request.headers.get('authorization') ?? ''
  if (!secret || !timingSafeEqual(digest(given), digest(`Bearer ${secret}`))) {
    throw new UnauthorizedError('This is for the scheduler, which sends CRON_SECRET.')
  }
}

/** Digests have one length, so comparing them tells nothing of the secret's. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

/** Runs a job by its name and gives what it counted. @throws NotFoundError for an unknown name */
export async function runJob(name: string) {
  if (!isJob(name)) throw new NotFoundError(`There is no job "${name}".`, 'unknown_job')
  const job = JOBS[name]
  if (typeof job === 'function') return await job()
  return callFunction(job, {}, z.json())
}
