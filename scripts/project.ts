import { JOB_INTERVALS, type JobName } from '../lib/job-intervals.ts'
import { logger } from '../lib/logger.ts'
import { SEEDED_PACKAGES } from '../lib/pricing-plans.ts'
import type { Project } from '../packages/dev-stack/project.ts'
import { MIGRATIONS_DIRECTORY, PROJECT_DIRECTORY, SEED_FILE } from './paths.ts'
import { SEED_LOGINS } from './seed-logins.ts'

/** Below this many seconds a job is asked for when it has something to do, and now and then. */
const NOW_AND_THEN = 600

/**
 * A request for a job, when `needed` gives rows or its last run is long ago: a development server compiles the route
 * with the first one, so none comes without need while somebody waits for a first page.
 */
function requestJob(job: JobName, needed = 'select where false') {
  const seconds = Math.max(JOB_INTERVALS[job], NOW_AND_THEN)
  const due = `
    select
    where exists (${needed})
    or coalesce(
      (select ran_at from public.job_runs where job = '${job}'),
      (select min(created_at) from public.profiles)
    ) < clock_timestamp() - interval '${seconds} seconds'`
  return { path: `/api/cron/${job}`, due }
}

/** What the embedded stack is told of this product. */
export const project: Project = {
  directory: PROJECT_DIRECTORY,
  migrations: MIGRATIONS_DIRECTORY,
  seeds: [SEED_FILE],
  products: SEEDED_PACKAGES.map(({ productIds, ...sold }) => ({
    ...sold,
    productId: productIds.dodopayments,
  })),
  webhookPath: '/api/dodopayments/webhook',
  schedule: {
    functions: ['release_expired_holds', 'expire_grants'],
    requests: [
      requestJob(
        'send-mails',
        "select from public.mails where status = 'waiting' and next_attempt_at <= clock_timestamp()",
      ),
      requestJob('work-runs', 'select from private.queued_runs where due_at <= clock_timestamp()'),
      // #region payments
      requestJob('end-surplus-subscriptions', "select from public.subscriptions where surplus = 'open'"),
      requestJob('reconcile'),
      // #endregion
      requestJob('purge-rate-limits'),
      requestJob('purge-stored-responses'),
      requestJob('purge-event-payloads'),
      requestJob('queue-expiring-mails'),
      requestJob('sum-up-days'),
      requestJob('verify-ledger'),
    ],
  },
  env: SEED_LOGINS,
  logger,
}
