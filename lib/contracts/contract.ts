import type { z } from 'zod'

/**
 * What a procedure takes and gives, and where it is served as REST. `output` is checked on both sides, so it transforms
 * nothing.
 */
export type Contract<
  Kind extends 'query' | 'mutation' = 'query' | 'mutation',
  Input extends z.ZodType = z.ZodType,
  Output extends z.ZodType = z.ZodType,
> = {
  kind: Kind
  method: 'GET' | 'POST' | 'PATCH'
  path: string
  input: Input
  output: Output
}

/** What a caller sends, before anything is filled in. */
export type InputOf<Called extends Contract> = z.input<Called['input']>
export type OutputOf<Called extends Contract> = z.output<Called['output']>

/** The arguments of a call: none where nothing has to be said. */
export type Arguments<Called extends Contract> =
  undefined extends InputOf<Called> ? [input?: InputOf<Called>] : [input: InputOf<Called>]

type Schemas<Input, Output> = { input: Input; output: Output }

/** A read, by GET. */
export function query<Input extends z.ZodType, Output extends z.ZodType>(
  path: string,
  schemas: Schemas<Input, Output>,
): Contract<'query', Input, Output> {
  return { kind: 'query', method: 'GET', path, ...schemas }
}

/** A change, by POST unless it says PATCH. */
export function mutation<Input extends z.ZodType, Output extends z.ZodType>(
  path: string,
  { method = 'POST', ...schemas }: Schemas<Input, Output> & { method?: 'POST' | 'PATCH' },
): Contract<'mutation', Input, Output> {
  return { kind: 'mutation', method, path, ...schemas }
}
