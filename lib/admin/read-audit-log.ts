import 'server-only'
import { z } from 'zod'
import { createClient } from '@/lib/supabase/server'
import { type AuditTrailEntry, auditRow, nameActors } from './audit/audit-row'

// The trail joins this log with others, by ids that are text.
const row = auditRow.extend({ id: z.int().transform(String) })

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
  const entries = await nameActors(z.array(row).parse(data.slice(0, limit)))
  return { entries, isCut: data.length > limit }
}
