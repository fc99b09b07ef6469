import 'server-only'
import { createClient } from '@/lib/supabase/server'

export type AuditEntry = {
  id: number
  createdAt: string
  actor: string
  outcome: string
  reason: string | null
  /** What was asked for, in whole credits; null where the entry is about something else. */
  amount: number | null
  /** Why it was refused, in a sentence; null when it was done. */
  refusal: string | null
}

function field(details: unknown, name: string): unknown {
  return typeof details === 'object' && details !== null
    ? Object.entries(details).find(([key]) => key === name)?.[1]
    : undefined
}

/** What admins did to a user, newest first, with the address of whoever did it. Throws when it cannot be read. */
export async function readAuditLog(targetUserId: string, limit: number): Promise<AuditEntry[]> {
  const supabase = await createClient()
  const entries = await supabase
    .from('audit_logs')
    .select('id, created_at, actor_id, outcome, reason, details')
    .eq('target_user_id', targetUserId)
    .order('id', { ascending: false })
    .limit(limit)
  if (entries.error) throw new Error(`The audit log could not be read: ${entries.error.message}`)

  const actorIds = [...new Set(entries.data.flatMap(({ actor_id }) => actor_id ?? []))]
  const actors = await supabase.from('profiles').select('id, email').in('id', actorIds)
  if (actors.error) throw new Error(`The admins could not be read: ${actors.error.message}`)
  const emails = new Map(actors.data.map(({ id, email }) => [id, email]))

  return entries.data.map(({ id, created_at, actor_id, outcome, reason, details }) => {
    const amount = field(details, 'requested_amount')
    const refusal = field(details, 'message')
    return {
      id,
      createdAt: created_at,
      actor: emails.get(actor_id ?? '') ?? 'system',
      outcome,
      reason,
      amount: typeof amount === 'number' ? amount : null,
      refusal: typeof refusal === 'string' ? refusal : null,
    }
  })
}
