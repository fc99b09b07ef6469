import postgres from 'postgres'
import { moveTimestamps } from './move-timestamps.ts'
import type { StoryClock } from './story-clock.ts'

/** Columns of JSON with timestamps in it, each with the key and the time of its row. */
const DOCUMENTS = [
  { table: 'payment_events', document: 'payload', at: 'received_at' },
  { table: 'audit_logs', document: 'details', at: 'created_at' },
  { table: 'mails', document: 'data', at: 'created_at' },
  { table: 'reconciliations', document: 'differences', at: 'created_at' },
] as const

/** Moves what JSON says of time, too: as far as its row was moved since it was written. */
export async function dateDocuments(adminUrl: string, clock: StoryClock): Promise<void> {
  const sql = postgres(adminUrl, { max: 1, connection: { session_replication_role: 'replica' } })
  try {
    for (const { table, document, at } of DOCUMENTS) {
      const rows = await sql<{ ctid: string; text: string; at: Date }[]>`
        select ctid::text, ${sql(document)}::text as text, ${sql(at)} as at from ${sql(`public.${table}`)}`
      for (const row of rows) {
        const moved = moveTimestamps(row.text, clock.movedSince(row.at))
        if (moved === row.text) continue
        await sql`
          update ${sql(`public.${table}`)} set ${sql(document)} = ${moved}::text::jsonb
          where ctid = ${row.ctid}::tid`
      }
    }
  } finally {
    await sql.end()
  }
}
