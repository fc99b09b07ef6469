import { z } from 'zod'
import { problem } from './answers'

/** A zod schema as OpenAPI 3.1 takes it: JSON Schema 2020-12. */
export function toSchema(schema: z.ZodType): object {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { unrepresentable: 'any' })
  return rest
}

/** The fields of a query as parameters. */
export function toParameters(query: z.ZodType): object[] {
  const { properties = {}, required = [] } = z.toJSONSchema(query, { io: 'input' })
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }))
}

const REFUSALS: Record<number, string> = {
  400: 'The input is not of the form it must have, or the tool refused it.',
  401: 'There is no key, or it is not valid.',
  402: 'The wallet cannot pay: `balance`, `price` and `buyUrl` say more.',
  403: 'The key may not do this, its budget does not cover it, or a membership is missing.',
  404: 'There is no such thing, or it is not yours.',
  409: 'The idempotency key was used for something else, its run has not ended, or it was canceled.',
  413: 'The body is too large.',
  415: 'The body is not of the content type that is read here.',
  429: 'Too many calls; `Retry-After` says when to try again.',
  500: 'A failure of ours. A run that failed is given back.',
  503: 'Too much is running at once.',
  504: 'The run took too long, and is given back.',
}

const RATE_HEADERS = {
  RateLimit: { description: 'What is left: `"api";r=119;t=1`', schema: { type: 'string' } },
  'RateLimit-Policy': { description: 'The allowance: `"api";q=120;w=60`', schema: { type: 'string' } },
}

type Operation = {
  id: string
  summary: string
  description?: string
  tag: string
  parameters?: object[]
  requestBody?: object
  answer: object
  /** What a run in the background is answered. */
  accepted?: object
  refusals: number[]
  /** What it says beside what OpenAPI knows, with names that begin with `x-`. */
  extensions?: Record<`x-${string}`, unknown>
}

/** One operation as OpenAPI has it; every one needs a key and can be refused for it. */
export function toOperation({ id, summary, description, tag, answer, refusals, ...rest }: Operation): object {
  const { parameters, requestBody, accepted, extensions } = rest
  const codes = [400, 401, 403, 429, 500, ...refusals].sort((a, b) => a - b)
  return {
    operationId: id,
    summary,
    ...(description && { description }),
    tags: [tag],
    ...(parameters && { parameters }),
    ...(requestBody && { requestBody }),
    responses: {
      200: { description: 'It was done.', headers: RATE_HEADERS, content: answer },
      ...(accepted && {
        202: {
          description: 'It was queued: read the run by its id.',
          headers: RATE_HEADERS,
          content: accepted,
        },
      }),
      ...Object.fromEntries(codes.map((code) => [code, toRefusal(code)])),
    },
    ...extensions,
  }
}

function toRefusal(code: number): object {
  return {
    description: REFUSALS[code],
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  }
}

/** What operations refer to. */
export const components = {
  schemas: { Problem: toSchema(problem) },
  securitySchemes: {
    key: { type: 'http', scheme: 'bearer', description: 'A key of your settings, `lb_…`.' },
  },
}
