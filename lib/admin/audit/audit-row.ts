import 'server-only'
import { z } from 'zod'
import { readEmails } from '../read-emails'
import type { AuditNote } from './words'

/** An entry of the audit trail as its view has it. */
export const auditRow = z.object({
  id: z.string(),
  created_at: z.string(),
  actor_id: z.string().nullable(),
  target_user_id: z.string().nullable(),
  action: z.string(),
  outcome: z.enum(['success', 'failure']),
  reason: z.string().nullable(),
  details: z.record(z.string(), z.json()).catch({}),
})

type AuditRow = z.output<typeof auditRow>

/** The same with the addresses of who did it and to whom, where there is somebody. */
export type AuditTrailEntry = AuditRow & AuditNote

/** Names people by their addresses, or by their ids where they are gone. Throws when they cannot be read. */
export async function nameActors(rows: readonly AuditRow[]): Promise<AuditTrailEntry[]> {
  const emails = await readEmails(rows.flatMap(({ actor_id, target_user_id }) => [actor_id, target_user_id]))
  const emailOf = (id: string | null) => id && (emails.get(id) ?? id)
  return rows.map((row) => ({ ...row, actor: emailOf(row.actor_id), target: emailOf(row.target_user_id) }))
}
