import 'server-only'
import { z } from 'zod'
import { env } from '@/lib/env'
import { LIVE_MODES } from '@/lib/env/live-mode'
import { JOB_INTERVALS } from '@/lib/job-intervals'
import { readFunction } from '@/lib/supabase/call-function'

/** How many entries of one kind are listed. */
const LIMIT = 25

const timestamp = z.string()
const about = {
  /** The id of what it is about: an event, a payment, a user, a job. */
  subject: z.string(),
  since: timestamp,
  email: z.string().nullable(),
}
const liveMode = z.enum(LIVE_MODES)
const job = { ran_at: timestamp.optional(), error: z.string().optional() }
// #region payments
const provider = z.string()
const money = { amount: z.int().optional(), currency: z.string().optional(), provider }
const event = { type: z.string(), provider, error: z.string().optional() }
// #endregion

const entry = z.discriminatedUnion('kind', [
  // #region payments
  z.object({ ...about, kind: z.literal('failed_event'), details: z.object(event) }),
  z.object({ ...about, kind: z.literal('reviewed_event'), details: z.object(event) }),
  z.object({
    ...about,
    kind: z.literal('dispute'),
    respond_by: timestamp.nullable(),
    details: z.object(money),
  }),
  z.object({ ...about, kind: z.literal('stuck_refund'), details: z.object(money) }),
  z.object({ ...about, kind: z.literal('stuck_payment'), details: z.object(money) }),
  z.object({ ...about, kind: z.literal('second_plan'), details: z.object({ provider }) }),
  z.object({ ...about, kind: z.literal('unmatched_customer') }),
  z.object({
    ...about,
    kind: z.literal('failed_sync'),
    details: z.object({ name: z.string(), provider, error: z.string().optional() }),
  }),
  // #endregion
  z.object({
    ...about,
    kind: z.literal('held_bonus'),
    details: z.object({ network: z.string().optional() }),
  }),
  z.object({ ...about, kind: z.literal('late_job'), details: z.object(job) }),
  z.object({ ...about, kind: z.literal('failed_job'), details: z.object(job) }),
  z.object({ ...about, kind: z.literal('unsound_ledger'), details: z.object({ violations: z.int() }) }),
  z.object({
    ...about,
    kind: z.literal('live_mode'),
    details: z.object({ app: liveMode, database: liveMode }),
  }),
])

/** One thing that waits for an admin. */
export type AttentionEntry = z.output<typeof entry>

/** What waits for an admin, oldest first. Call it for admins alone. @throws when it cannot be read */
export async function readAttention(): Promise<{ entries: AttentionEntry[]; isCut: boolean }> {
  const rows = await readFunction('needs_attention', {
    p_jobs: JOB_INTERVALS,
    p_limit: LIMIT,
    p_app_live_mode: env().LIVE_MODE,
  })
  const entries = z.array(entry).parse(rows)
  const counts = new Map<string, number>()
  for (const { kind } of entries) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return { entries, isCut: [...counts.values()].some((count) => count >= LIMIT) }
}
