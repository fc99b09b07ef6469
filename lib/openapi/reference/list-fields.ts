import type { JsonSchema } from './document-shape'

/** A row of a table of fields; `name` is a path, as `runs[].id`. */
export type Field = { name: string; type: string; required: boolean; notes: string[] }

/** Finds what a schema refers to; a schema that refers to nothing is itself. */
export type Resolve = (schema: JsonSchema) => JsonSchema

/** How deep fields are listed: deeper ones, and those that hold themselves, are left to the document. */
const MAX_DEPTH = 5

/** The fields of an object, each followed by those inside of it. */
export function listFields(schema: JsonSchema, resolve: Resolve): Field[] {
  const fields = listInner(schema, resolve, '')
  // Of choices that share a field, the first says it.
  return fields.filter(({ name }, index) => fields.findIndex((field) => field.name === name) === index)
}

function listInner(schema: JsonSchema, resolve: Resolve, at: string, depth = 0): Field[] {
  if (depth > MAX_DEPTH) return []
  const { properties = {}, required = [], items, additionalProperties, anyOf = [] } = resolve(schema)
  return [
    ...Object.entries(properties).flatMap(([name, part]) => {
      const path = at ? `${at}.${name}` : name
      const field = describeField(path, part, required.includes(name), resolve)
      return [field, ...listInner(part, resolve, path, depth + 1)]
    }),
    ...(items ? listInner(items, resolve, `${at}[]`, depth + 1) : []),
    ...anyOf.flatMap((choice) => listInner(choice, resolve, at, depth + 1)),
    ...(typeof additionalProperties === 'object'
      ? listInner(additionalProperties, resolve, `${at}.*`, depth + 1)
      : []),
  ]
}

/** @param name what stands in the table */
export function describeField(name: string, schema: JsonSchema, required: boolean, resolve: Resolve): Field {
  return { name, type: nameType(schema, resolve), required, notes: describeLimits(resolve(schema)) }
}

/** The type in one or two words, as `string`, `integer or null`, `object[]`. */
function nameType(schema: JsonSchema, resolve: Resolve): string {
  const { type, items, anyOf, additionalProperties } = resolve(schema)
  if (anyOf) return [...new Set(anyOf.map((choice) => nameType(choice, resolve)))].join(' or ')
  if (isFile(resolve(schema))) return 'file'
  if (type === 'array') return items ? `${nameType(items, resolve)}[]` : 'list'
  if (
    type === 'object' &&
    typeof additionalProperties === 'object' &&
    nameType(additionalProperties, resolve)
  )
    return `map of ${nameType(additionalProperties, resolve)}`
  if (Array.isArray(type)) return type.join(' or ')
  return type ?? 'any'
}

/** Whether its values are files. */
export function isFile({ format, contentEncoding }: JsonSchema): boolean {
  return format === 'binary' || contentEncoding === 'binary'
}

/** What its values may be, in notes that stand side by side. Patterns are left to the document. */
function describeLimits(schema: JsonSchema): string[] {
  const { description, format, minimum, exclusiveMinimum, maximum } = schema
  const file = isFile(schema)
  const least = exclusiveMinimum === undefined ? minimum : exclusiveMinimum + 1
  return [
    description ?? '',
    schema.const === undefined ? '' : `\`${schema.const}\``,
    schema.enum ? schema.enum.map((value) => `\`${value}\``).join(', ') : '',
    format && !file ? format : '',
    describeRange(schema.minLength, schema.maxLength, file ? 'bytes' : 'characters'),
    describeRange(schema.minItems, schema.maxItems, 'entries'),
    schema.type === 'integer' || schema.type === 'number'
      ? describeRange(toLimit(least), toLimit(maximum))
      : '',
    isShown(schema.default) ? `default \`${schema.default}\`` : '',
  ].filter(Boolean)
}

/** The bounds of every integer say nothing. */
function toLimit(bound: number | undefined): number | undefined {
  return bound !== undefined && Math.abs(bound) < Number.MAX_SAFE_INTEGER ? bound : undefined
}

function describeRange(least = 0, most?: number, unit = ''): string {
  const said = (bound: number) => bound.toLocaleString('en-US')
  if (most !== undefined) return `${said(least)} to ${said(most)} ${unit}`.trim()
  return least > 0 ? `at least ${said(least)} ${unit}`.trim() : ''
}

function isShown(value: unknown): boolean {
  return ['number', 'boolean'].includes(typeof value) || (typeof value === 'string' && value !== '')
}
