import type { Database } from './database.ts'

/**
 * Every row of every table of ours that names one of `names`, and what is for sale and for whom, which names nobody.
 * Equal snapshots mean that nothing was changed. Notes of refusals in the audit log are no change.
 */
export async function takeSnapshot(sql: Database, names: string[]): Promise<Record<string, string[]>> {
  const tables = await sql<{ name: string; shared: boolean }[]>`
    select oid::regclass::text as name, relname in ('credit_packages', 'membership_tiers') as shared
    from pg_class
    where relnamespace in ('public'::regnamespace, 'private'::regnamespace) and relkind = 'r'`
  const snapshot: Record<string, string[]> = {}
  for (const { name, shared } of tables) {
    const rows = await sql<{ row: string }[]>`
      select t::text as row from ${sql(name)} t
      where (${shared} or t::text ~ ${names.join('|')}) and to_jsonb(t) ->> 'outcome' is distinct from 'failure'
      order by row`
    snapshot[name] = rows.map(({ row }) => row)
  }
  return snapshot
}
