import 'server-only'
import { z } from 'zod'
import { BadRequestError } from './errors'
import { findUnstorable } from './postgres-text'

/** Validates the query of a request. @throws BadRequestError with the fields that are wrong */
export function parseQuery<Schema extends z.ZodType>(request: Request, schema: Schema): z.output<Schema> {
  return parseInput(schema, Object.fromEntries(new URL(request.url).searchParams))
}

/** Validates any input. @throws BadRequestError whose `fields` name what is wrong, in words */
export function parseInput<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value)
  if (result.success) {
    const path = findUnstorable(result.data)
    if (path === null) return result.data
    const message = 'This holds a character that no text can have.'
    throw new BadRequestError(`The request is not valid: ${message}`, { fields: [{ path, message }] })
  }
  const fields = result.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }))
  throw new BadRequestError(`The request is not valid: ${z.prettifyError(result.error)}`, { fields })
}
