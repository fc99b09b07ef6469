import 'server-only'
import { z } from 'zod'
import { createClient } from '@/lib/supabase/server'
import type { AuditTrailEntry } from './list-audit-trail'
import { readEmails } from './read-emails'

const row = z.object({
  id: z.int().transform(String),
  created_at: z.string(),
  actor_id: z.string().nullable(),
  target_user_id: z.string().nullable(),
  action: z.string(),
  outcome: z.enum(['success', 'failure']),
  reason: z.string().nullable(),
  details: z.record(z.string(), z.json()).catch({}),
})

/**
 * What was done to a user by admins, and what was refused, the newest `limit` entries, and whether there are more.
 * Throws when it cannot be read.
 */
export async function readAuditLog(
  targetUserId: string,
  limit: number,
): Promise<{ entries: AuditTrailEntry[]; isCut: boolean }> {
  const supabase = await createClient()
  const { data, error } = await supabase
    .from('audit_logs')
    .select('id, created_at, actor_id, target_user_id, action, outcome, reason, details')
    .eq('target_user_id', targetUserId)
    .order('id', { ascending: false })
    .limit(limit + 1)
  if (error) throw new Error(`The audit log could not be read: ${error.message}`, { cause: error })
  const rows = z.array(row).parse(data.slice(0, limit))
  const emails = await readEmails([targetUserId, ...rows.map(({ actor_id }) => actor_id)])
  const emailOf = (id: string | null) => id && (emails.get(id) ?? id)
  const entries = rows.map((entry) => ({
    ...entry,
    actor: emailOf(entry.actor_id),
    target: emailOf(entry.target_user_id),
  }))
  return { entries, isCut: data.length > limit }
}
