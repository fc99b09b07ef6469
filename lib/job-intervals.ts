const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** The jobs, each with the seconds from one run to the next that a scheduler should leave. */
export const JOB_INTERVALS = {
  'release-expired-holds': MINUTE,
  'expire-grants': MINUTE,
  'send-mails': MINUTE,
  'work-runs': MINUTE,
  'end-surplus-subscriptions': MINUTE, // #only payments
  reconcile: HOUR, // #only payments
  'purge-rate-limits': DAY,
  'purge-stored-responses': DAY,
  'purge-event-payloads': DAY,
  'queue-expiring-mails': DAY,
  'sum-up-days': DAY,
  'verify-ledger': DAY,
} as const

export type JobName = keyof typeof JOB_INTERVALS
