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

/** A change, and who might see it. */
export type Question = { change: Change; viewers: readonly Viewer[] }

const READ_CHANGES = `
  select pg_temp.read_change(
    (asked ->> 'transaction')::bigint,
    (asked ->> 'relation')::oid,
    nullif(asked -> 'new', 'null'),
    asked -> 'old',
    asked -> 'viewers'
  ) as access
  from jsonb_array_elements($1) with ordinality as questions (asked, number)
  order by number`

/**
 * Asks the database about changes, each for all of its viewers, in one call: their policies against the row as it is
 * now, found by its primary key, and the columns each role may select. Null for a change with nothing to show.
 */
export async function readChanges(
  database: Database,
  questions: readonly Question[],
): Promise<(Access | null)[]> {
  const rows = await database.query<{ access: Access | null }>(READ_CHANGES, [
    `[${questions.map(writeQuestion)}]`,
  ])
  return rows.map(({ access }) => access)
}

/** The claims of a viewer are JSON already. */
function writeQuestion({ change: { transaction, relation, new: row, old }, viewers }: Question): string {
  const asked = JSON.stringify({ transaction, relation, new: row, old })
  return `${asked.slice(0, -1)},"viewers":[${viewers.map(({ claims }) => claims)}]}`
}
