import type { Access } from './access.ts'
import type { Change } from './replication.ts'
import type { Target } from './tables.ts'
import type { Role } from './viewer.ts'

const MAX_RECORD_BYTES = 1024 * 1024
const KEPT_FIELD_BYTES = 64

type Asked = Pick<Target, 'filters' | 'select'>

/** A change written for those who may see it. */
export type Payloads = {
  /** The `data` of a `postgres_changes` message; null where the role may not know of the change at all. */
  write(role: Role, asked: Asked): Record<string, unknown> | null
}

/** Writes a change as each role may see it: the columns it may select, and the key alone of what was. */
export function createPayloads(change: Change, access: Access): Payloads {
  const oversized = JSON.stringify(access.new ?? access.old).length > MAX_RECORD_BYTES
  const keys = access.columns.filter(({ key }) => key).map(({ name }) => name)
  const readable = new Map(Object.entries(access.readable).map(([role, names]) => [role, new Set(names)]))

  function pick(record: Access['new'], columns: Access['columns']): Record<string, unknown> {
    const fields = columns
      .filter(({ name }) => record && Object.hasOwn(record, name))
      .map(({ name }): [string, unknown] => [name, record?.[name]])
    return Object.fromEntries(
      oversized ? fields.filter(([, value]) => JSON.stringify(value).length <= KEPT_FIELD_BYTES) : fields,
    )
  }

  function write(role: Role, { filters, select }: Asked): Record<string, unknown> | null {
    const mayRead = readable.get(role) ?? new Set()
    // Without the key even that something changed stays secret, and a filter would tell what it compares.
    const needed = [...keys, ...filters.map(({ column }) => column)]
    if (!needed.every((name) => mayRead.has(name))) return null
    const shown = access.columns.filter(
      ({ name, key }) => mayRead.has(name) && (key || select === null || select.has(name)),
    )
    // No policy can be asked about a row as it was: under RLS its key must do.
    const shownOld = access.rls ? shown.filter(({ key }) => key) : shown
    return {
      schema: change.schema,
      table: change.table,
      type: change.type,
      commit_timestamp: change.committedAt,
      columns: shown.map(({ name, type }) => ({ name, type })),
      ...(change.type !== 'DELETE' && { record: pick(access.new, shown) }),
      ...(change.type !== 'INSERT' && { old_record: pick(access.old, shownOld) }),
      errors: oversized ? ['Error 413: Payload Too Large'] : null,
    }
  }

  // Thousands may follow a table in the same way.
  const written = new Map<string, Record<string, unknown> | null>()
  return {
    write(role, asked) {
      const compared = asked.filters.map(({ column }) => column)
      const key = JSON.stringify([role, compared, asked.select && [...asked.select]])
      const known = written.get(key)
      if (known !== undefined) return known
      const payload = write(role, asked)
      written.set(key, payload)
      return payload
    },
  }
}
