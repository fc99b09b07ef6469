import { logger } from '../lib/logger.ts'
import { SEEDED_PACKAGES } from '../lib/pricing-plans.ts'
import type { Project } from '../packages/dev-stack/project.ts'
import { MIGRATIONS_DIRECTORY, PROJECT_DIRECTORY, SEED_FILE } from './paths.ts'
import { SEED_LOGINS } from './seed-logins.ts'

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
    // Not asked without need: the first call makes a development server compile the route.
    requests: [
      {
        path: '/api/cron/send-mails',
        due: "select from public.mails where status = 'waiting' and next_attempt_at <= clock_timestamp() limit 1",
      },
      {
        path: '/api/cron/work-runs',
        due: 'select from private.queued_runs where due_at <= clock_timestamp() limit 1',
      },
      // #region payments
      {
        path: '/api/cron/end-surplus-subscriptions',
        due: "select from public.subscriptions where surplus = 'open' limit 1",
      },
      // #endregion
    ],
  },
  env: SEED_LOGINS,
  logger,
}
