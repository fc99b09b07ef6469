import { type Act, DAYS, on, type Story } from './story.ts'

/** The jobs that are functions of the database, in the order in which a night runs them. */
const JOBS = [
  'release_expired_holds',
  'expire_grants',
  'purge_rate_limits',
  'purge_stored_responses',
  'queue_expiring_mails',
  'check_ledger',
] as const

/** What a scheduler does every night. Mails count as sent: those of the past are in nobody's mailbox any more. */
export function chores(): Act[] {
  return Array.from({ length: DAYS }, (_, day) => ({ at: on(day, 12), tell: runJobs }))
}

async function runJobs({ engine }: Story): Promise<void> {
  for (const job of JOBS) await engine.call(job, {})
  const mails = await engine.owner<{ id: string }[]>`select id from claim_mails(1000)`
  for (const { id } of mails) await engine.call('finish_mail', { p_id: id })
}
