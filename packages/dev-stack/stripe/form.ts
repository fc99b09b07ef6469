import { z } from 'zod'
import { refuse } from './errors.ts'

type Fields = { [name: string]: Fields | string }

/** `a[b][0]=c` as `{ a: { b: { 0: 'c' } } }`: how Stripe's clients send what is nested. */
function nest(form: URLSearchParams): Fields {
  const fields: Fields = Object.create(null)
  for (const [name, value] of form) {
    const path = name.split(/[[\]]+/).filter(Boolean)
    const last = path.pop() ?? name
    let place = fields
    for (const key of path) {
      const inner = place[key]
      const next: Fields = typeof inner === 'object' ? inner : Object.create(null)
      place[key] = next
      place = next
    }
    place[last] = value
  }
  return fields
}

/**
 * The fields of a request as the schema reads them. What it does not name is refused: a test that asks for it would
 * prove nothing. @throws SandboxError 400 in words
 */
export function readFields<Schema extends z.ZodType>(
  form: URLSearchParams,
  schema: Schema,
): z.output<Schema> {
  const result = schema.safeParse(nest(form))
  if (result.success) return result.data
  throw refuse(400, 'parameter_unknown', `The sandbox does not take this: ${z.prettifyError(result.error)}`)
}

/** A list, whose entries come under their numbers. */
export const listOf = <Schema extends z.ZodType>(entry: Schema) =>
  z.record(z.string(), entry).transform((entries) => Object.values(entries))

export const metadata = z.record(z.string(), z.string()).default({})
export const wholeNumber = z.string().regex(/^\d+$/).transform(Number)
