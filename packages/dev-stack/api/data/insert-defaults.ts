import type { AnyAST } from '@supabase/lite'
import { sql } from 'kysely'

/**
 * Has `Prefer: missing=default` insert the default of each column that an object leaves out, and answer what was
 * stored. The library answers null for these.
 */
export function fillDefaults(ast: AnyAST): AnyAST {
  const { columns, ...meta } = ast.$meta ?? {}
  if (!ast.values || !columns || meta.missing !== 'default') return ast
  const fill = (row: object) => {
    const given = new Map<string, unknown>(Object.entries(row))
    return Object.fromEntries(columns.map((name) => [name, given.has(name) ? given.get(name) : sql`default`]))
  }
  const values = Array.isArray(ast.values) ? ast.values.map(fill) : fill(ast.values)
  return { ...ast, values, $meta: meta }
}
