import 'server-only'
import { z } from 'zod'
import type { Reservation } from '@/lib/credits'
import { env } from '@/lib/env'
import { callFunction } from '@/lib/supabase/call-function'
import { MEMBERSHIP_TIERS } from '@/lib/tiers'
import type { ToolUser } from '../define-tool'

const claim = z.object({
  run_id: z.int(),
  lease: z.uuid(),
  tool: z.string(),
  input: z.json(),
  user_id: z.uuid(),
  email: z.string(),
  transaction_id: z.int(),
  held: z.int(),
  balance: z.int(),
  version: z.int(),
  tier: z.enum(MEMBERSHIP_TIERS).nullable().catch(null),
})

/** A run that this worker has until its lease is over. `input` is what was sent. */
export type ClaimedRun = {
  tool: string
  input: unknown
  user: ToolUser
  reservation: Reservation & { lease: string }
}

const answer = z.object({ claim: claim.nullable() })

/** Takes the next run off the queue; null when none waits, or as many go on as may. */
export async function claimRun(): Promise<ClaimedRun | null> {
  const { RUN_LEASE_MS, MAX_RUNS_PER_USER, MAX_RUNS_IN_ALL } = env()
  const args = {
    p_lease_ms: RUN_LEASE_MS,
    p_max_per_user: MAX_RUNS_PER_USER,
    p_max_in_all: MAX_RUNS_IN_ALL,
  }
  const { claim } = await callFunction('claim_run', args, answer)
  if (!claim) return null
  const { run_id: runId, transaction_id: transactionId, held, balance, version, lease, tier } = claim
  return {
    tool: claim.tool,
    input: claim.input,
    user: { id: claim.user_id, email: claim.email },
    reservation: {
      ...{ runId, transactionId, lease, balance, version, tier, amount: -held },
      ...{ replayed: false, status: 'open', settledAmount: null, response: null },
    },
  }
}

const requeued = z.object({ is_queued: z.boolean() })

/** Puts a run back into the queue, to be tried again after `delayMs`; false when it was tried as often as it may. */
export async function requeueRun(
  { runId, lease }: { runId: number; lease: string },
  delayMs: number,
): Promise<boolean> {
  const args = { p_run_id: runId, p_lease: lease, p_delay_ms: delayMs }
  const { is_queued } = await callFunction('requeue_run', args, requeued)
  return is_queued
}
