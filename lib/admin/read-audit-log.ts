import 'server-only'
import { z } from 'zod'
import { createClient } from '@/lib/supabase/server'

export type AuditEntry = {
  id: number
  createdAt: string
  /** The address of the admin who did it; null when nobody but the account itself was involved. */
  actor: string | null
  /** What was done or asked for, as `credits.adjust`. */
  action: string
  refused: boolean
  /** Why somebody did it, in their words. */
  reason: string | null
  /** Why it was refused, in a sentence; null when it was done. */
  refusal: string | null
  /** In whole credits, positive in, negative out; null where the entry is about something else. */
  amount: number | null
  /** In minor units of its currency; null where the entry is about something else. */
  money: { amount: number; currency: string } | null
  /** The membership somebody was given, null when it was taken away; undefined where the entry is about something else. */
  tier?: string | null
}

// Only what this page shows; each function of the engine adds details of its own.
const detailsSchema = z
  .object({
    amount: z.number().optional().catch(undefined),
    currency: z.string().optional().catch(undefined),
    requested_amount: z.number().optional().catch(undefined),
    tier: z.string().nullish().catch(undefined),
    given_reason: z.string().nullish().catch(undefined),
  })
  .catch({})

/** What was done to a user by admins, and what was refused, newest first. Throws when it cannot be read. */
export async function readAuditLog(targetUserId: string, limit: number): Promise<AuditEntry[]> {
  const supabase = await createClient()
  const entries = await supabase
    .from('audit_logs')
    .select('id, created_at, actor_id, action, outcome, reason, details')
    .eq('target_user_id', targetUserId)
    .order('id', { ascending: false })
    .limit(limit)
  if (entries.error) throw new Error(`The audit log could not be read: ${entries.error.message}`)

  const actorIds = [...new Set(entries.data.flatMap(({ actor_id }) => actor_id ?? []))]
  const actors = await supabase.from('profiles').select('id, email').in('id', actorIds)
  if (actors.error) throw new Error(`The admins could not be read: ${actors.error.message}`)
  const emails = new Map(actors.data.map(({ id, email }) => [id, email]))

  return entries.data.map((entry) => {
    const details = detailsSchema.parse(entry.details)
    const { amount = details.requested_amount ?? null, currency } = details
    const refused = entry.outcome === 'failure'
    return {
      id: entry.id,
      createdAt: entry.created_at,
      actor: emails.get(entry.actor_id ?? '') ?? null,
      action: entry.action,
      refused,
      // A refusal is noted with its own sentence; what the admin had written is beside it.
      reason: refused ? (details.given_reason ?? null) : entry.reason,
      refusal: refused ? entry.reason : null,
      amount: currency === undefined ? amount : null,
      money: amount !== null && currency !== undefined ? { amount, currency } : null,
      tier: details.tier,
    }
  })
}
