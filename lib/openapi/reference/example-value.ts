import type { JsonSchema } from './document-shape'
import type { Resolve } from './list-fields'

const TEXT = 'Some text.'
/** Lists deeper than that are empty, or one that holds itself would never end. */
const MAX_DEPTH = 3

/** A value that a schema takes, for samples: its own example where it has one, and no field that may be left out. */
export function exampleValue(schema: JsonSchema, resolve: Resolve, depth = 0): unknown {
  const { examples, const: only, enum: choices, anyOf, type, ...rest } = resolve(schema)
  for (const value of [examples?.[0], rest.default, only, choices?.[0]]) if (value !== undefined) return value
  if (anyOf?.[0]) return exampleValue(anyOf[0], resolve, depth + 1)
  switch (type) {
    case 'object':
      return exampleFields(resolve(schema), resolve, depth + 1)
    case 'array':
      return rest.items && depth < MAX_DEPTH ? [exampleValue(rest.items, resolve, depth + 1)] : []
    case 'integer':
    case 'number':
      return rest.minimum !== undefined && rest.minimum > 0 ? rest.minimum : 1
    case 'boolean':
      return true
    default:
      return rest.maxLength === undefined ? TEXT : TEXT.slice(0, rest.maxLength)
  }
}

/** What may be left out stands there where it has a default that says something. */
function exampleFields(
  { properties = {}, required = [] }: JsonSchema,
  resolve: Resolve,
  depth: number,
): object {
  return Object.fromEntries(
    Object.entries(properties)
      .filter(([name, part]) => required.includes(name) || Boolean(resolve(part).default))
      .map(([name, part]) => [name, exampleValue(part, resolve, depth)]),
  )
}
