import type { AnyAST, IntrospectResult } from '@supabase/lite'

/** A JSON value on its way into a json or jsonb parameter, safe from being taken for encoded JSON. */
class JsonValue {
  readonly #value: unknown

  constructor(value: unknown) {
    this.#value = value
  }

  toJSON(): unknown {
    return this.#value
  }
}

/**
 * Marks what a request puts into json and jsonb columns and arguments, so that strings, numbers and arrays
 * arrive as the JSON they were sent as. SQL NULL stays NULL.
 */
export function wrapJsonValues(ast: AnyAST, schema: IntrospectResult): AnyAST {
  if (ast.values) {
    const isJson = jsonColumns(ast, schema)
    const wrap = (row: object) => wrapMembers(row, isJson)
    return { ...ast, values: Array.isArray(ast.values) ? ast.values.map(wrap) : wrap(ast.values) }
  }
  if (ast.type === 'rpc' && ast.httpMethod === 'POST' && ast.args && !Array.isArray(ast.args)) {
    return { ...ast, args: wrapMembers(ast.args, jsonArguments(ast, schema)) }
  }
  return ast
}

function wrapMembers(members: object, isJson: ReadonlySet<string>): object {
  if (isJson.size === 0) return members
  return Object.fromEntries(
    Object.entries(members).map(([name, value]) => [
      name,
      value === null || !isJson.has(name) ? value : new JsonValue(value),
    ]),
  )
}

function jsonColumns(ast: AnyAST, schema: IntrospectResult): ReadonlySet<string> {
  const columns = schema.columns.filter(
    (column) =>
      column.table === ast.from && column.schema === (ast.schema ?? 'public') && isJsonType(column.type),
  )
  return new Set(columns.map((column) => column.name))
}

function jsonArguments(ast: AnyAST, schema: IntrospectResult): ReadonlySet<string> {
  const called = (schema.functions ?? []).filter(
    (fn) => fn.name === ast.function && fn.schema === (ast.schema ?? 'public'),
  )
  return new Set(called.flatMap((fn) => fn.arg_names.filter((_, index) => isJsonType(fn.arg_types[index]))))
}

function isJsonType(type: string | undefined): boolean {
  return type === 'json' || type === 'jsonb'
}
