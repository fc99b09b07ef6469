import type { Database } from './database.ts'

/** What the seed sells and names: tables without users, to which other tests may add rows of their own. */
const SEEDED = '^\\((starter|pro|enterprise|general),'

/** What is compared where it is not the whole row: mails get sent meanwhile, and new packages move others. */
const COMPARED: Record<string, string> = {
  mails: 't.id::text',
  credit_packages: "(to_jsonb(t) - array['sort_order', 'updated_at'])::text",
}

/**
 * Every row of every table of ours that names one of `names`, and what the seed sells. Equal snapshots mean that
 * nothing was changed. Notes of refusals in the audit log and counts of attempts are no change.
 */
export async function takeSnapshot(sql: Database, names: string[]): Promise<Record<string, string[]>> {
  const tables = await sql<{ name: string }[]>`
    select oid::regclass::text as name from pg_class
    where relnamespace in ('public'::regnamespace, 'private'::regnamespace) and relkind = 'r'
    and relname not in ('rate_limits', 'audit_refusals')`
  const snapshot: Record<string, string[]> = {}
  for (const { name } of tables) {
    const rows = await sql<{ row: string }[]>`
      select ${sql.unsafe(COMPARED[name] ?? 't::text')} as row from ${sql(name)} t
      where t::text ~ ${[SEEDED, ...names].join('|')} and to_jsonb(t) ->> 'outcome' is distinct from 'failure'
      order by row`
    snapshot[name] = rows.map(({ row }) => row)
  }
  return snapshot
}
