import { z } from 'zod'

/** What the API answers when it refuses: `{ code, message }` under an HTTP status. */
export class SandboxError extends Error {
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

export type RouteContext = { request: Request; url: URL; params: Record<string, string> }
export type RouteHandler = (context: RouteContext) => Response | Promise<Response>
export type Route = { method: string; pattern: URLPattern; handler: RouteHandler }

/** `route('GET', '/payments/:id', …)`. */
export function route(method: string, pathname: string, handler: RouteHandler): Route {
  return { method, pattern: new URLPattern({ pathname }), handler }
}

/** Answers with the first route that fits, or `undefined` when none does. */
export async function dispatch(routes: readonly Route[], request: Request): Promise<Response | undefined> {
  const url = new URL(request.url)
  for (const { method, pattern, handler } of routes) {
    const match = method === request.method && pattern.exec({ pathname: url.pathname })
    if (!match) continue
    const params = Object.fromEntries(
      Object.entries(match.pathname.groups).map(([name, value]) => [name, value ?? '']),
    )
    return await handler({ request, url, params })
  }
  return undefined
}

export function errorJson(error: unknown): Response {
  if (error instanceof SandboxError) {
    return Response.json({ code: error.code, message: error.message }, { status: error.status })
  }
  console.error('DodoPayments sandbox:', error)
  return Response.json({ code: 'INTERNAL_SERVER_ERROR', message: 'The sandbox failed.' }, { status: 500 })
}

/**
 * Nothing counts as `{}`. What the schema does not name is refused: a test that asks for it would prove nothing.
 * @throws SandboxError 400 or 422 in words
 */
export async function readBody<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
): Promise<z.output<Schema>> {
  const result = schema.safeParse(parseJson((await request.text()) || '{}'), { error: unsupported })
  if (result.success) return result.data
  throw new SandboxError(422, 'INVALID_REQUEST_BODY', z.prettifyError(result.error))
}

function unsupported(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code !== 'unrecognized_keys') return undefined
  return `The sandbox does not support ${issue.keys.join(', ')}.`
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new SandboxError(400, 'INVALID_REQUEST_BODY', 'The request body is not valid JSON.')
  }
}

const pageQuery = z.object({
  page_number: z.coerce.number().int().min(0).default(0),
  page_size: z.coerce.number().int().min(1).max(100).default(10),
})

const PAGING = ['page_number', 'page_size']

/** @throws SandboxError 422 when a query asks for more than `names`, which would be ignored */
export function assertQuery(url: URL, names: readonly string[]): void {
  const others = [...url.searchParams.keys()].filter(
    (name) => !names.includes(name) && !PAGING.includes(name),
  )
  if (others.length === 0) return
  throw new SandboxError(422, 'UNSUPPORTED_QUERY', `The sandbox does not support ${others.join(', ')}.`)
}

/** One zero-based page of `items`, as every list endpoint answers it. */
export function page<Item>(items: readonly Item[], url: URL): Response {
  const query = pageQuery.safeParse(Object.fromEntries(url.searchParams))
  if (!query.success) throw new SandboxError(400, 'INVALID_QUERY', z.prettifyError(query.error))
  const start = query.data.page_number * query.data.page_size
  return Response.json({ items: items.slice(start, start + query.data.page_size) })
}
