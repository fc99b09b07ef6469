import type { Database } from './database.ts'
import type { Change } from './replication.ts'
import type { Role, Viewer } from './viewer.ts'

/** What a change is in JSON, and who may see it. `visible` holds the indexes of the viewers who may. */
export type Access = {
  rls: boolean
  columns: { name: string; type: string; key: boolean }[]
  new: Record<string, unknown> | null
  old: Record<string, unknown> | null
  readable: Partial<Record<Role, string[]>>
  visible: number[]
}

/**
 * Asks the database about one change for all viewers in one call: their policies against the row as it is
 * now, found by its primary key, and the columns each role may select. Null when there is nothing to show.
 */
export async function readChange(
  database: Database,
  change: Change,
  viewers: readonly Viewer[],
): Promise<Access | null> {
  const [row] = await database.query<{ access: Access | null }>(
    'select pg_temp.read_change($1, $2, $3, $4, $5) as access',
    [
      change.transaction,
      change.relation,
      change.new && JSON.stringify(change.new),
      JSON.stringify(change.old),
      `[${viewers.map((viewer) => viewer.claims)}]`,
    ],
  )
  return row?.access ?? null
}
