import 'server-only'
import type { z } from 'zod'
import type { KeyUser } from '@/lib/api-keys/api-key-call'
import { type KeyAccess, requireApiKey } from '@/lib/api-keys/require-api-key'
import { requireScheduler } from '@/lib/auth/scheduler'
import type { CurrentUser } from '@/lib/auth/session'
import type { RateLimitedAction } from '@/lib/rate-limits/limits'
import { admitAdmin, admitUser, endRefusedSession } from './callers'
import { handleRoute } from './error-response'
import { parseQuery } from './parse-input'
import { asProblem } from './problem'
import { readJson, readText } from './read-body'

/** Reads and checks what a route takes. @throws the error that says what is wrong with it */
type Reader<Input> = (request: Request) => Input | Promise<Input>

/** Serves a request; what is no response is sent as JSON. */
type Handler<Context, Args extends unknown[]> = (
  context: Context,
  ...args: Args
) => Promise<Response | object>

type Given<Input> = { request: Request; input: Input }

/** A JSON body of at most `maxBytes`, 16 KiB by default. */
export function jsonBody<Schema extends z.ZodType>(
  schema: Schema,
  options?: { maxBytes?: number },
): Reader<z.output<Schema>> {
  return (request) => readJson(request, schema, options)
}

/** The query of the address. */
export function query<Schema extends z.ZodType>(schema: Schema): Reader<z.output<Schema>> {
  return (request) => parseQuery(request, schema)
}

/** The body as it was sent, for a signature over it. */
export function rawBody(maxBytes: number): Reader<string> {
  return (request) => readText(request, maxBytes)
}

/** For a route that takes nothing, or reads its body itself. */
export function noInput(): undefined {
  return undefined
}

/** For anybody. */
export function publicRoute<Input, Args extends unknown[]>(
  read: Reader<Input>,
  handler: Handler<Given<Input>, Args>,
) {
  return createRoute(() => ({}), read, handler)
}

/**
 * For who is signed in: session, origin and `rate`, the limit that the attempt counts against, are checked before
 * anything is read. What costs credits needs no limit here: its tool has one.
 */
export function userRoute<Input, Args extends unknown[]>(
  read: Reader<Input>,
  handler: Handler<Given<Input> & { user: CurrentUser }, Args>,
  { rate }: { rate?: RateLimitedAction } = {},
) {
  return createRoute(
    (request) => admitUser(request, rate),
    read,
    (context, ...args: Args) => endRefusedSession(() => handler(context, ...args)),
  )
}

/** For admins: as {@link userRoute}, and the role is asked of the database. */
export function adminRoute<Input, Args extends unknown[]>(
  read: Reader<Input>,
  handler: Handler<Given<Input> & { admin: CurrentUser }, Args>,
) {
  return createRoute(admitAdmin, read, handler)
}

/**
 * For programs that send a key of the API, never for cookies. `answer` takes headers for the answer, which says what is
 * left of the allowance; errors are problem details.
 */
export function keyRoute<Input, Args extends unknown[]>(
  access: KeyAccess,
  read: Reader<Input>,
  handler: Handler<Given<Input> & { user: KeyUser; answer: Headers }, Args>,
) {
  return async (request: Request, ...args: Args): Promise<Response> => {
    const answer = new Headers()
    const guard = async () => ({ answer, user: await requireApiKey(request, access, answer) })
    const response = await asProblem(await createRoute(guard, read, handler)(request, ...args))
    for (const [name, value] of answer) response.headers.set(name, value)
    return response
  }
}

/** For anybody, as {@link publicRoute}, under `/api/v1`: errors are problem details. */
export function publicKeyRoute<Input, Args extends unknown[]>(
  read: Reader<Input>,
  handler: Handler<Given<Input>, Args>,
) {
  const serve = publicRoute(read, handler)
  return async (request: Request, ...args: Args): Promise<Response> =>
    asProblem(await serve(request, ...args))
}

/** For a scheduler that sends `CRON_SECRET`. */
export function cronRoute<Args extends unknown[]>(handler: Handler<Given<undefined>, Args>) {
  const guard = (request: Request) => {
    requireScheduler(request)
    return {}
  }
  return createRoute(guard, noInput, handler)
}

/** For a provider: its signature is over the body as it was sent, of at most `maxBytes`, and the handler verifies it. */
export function webhookRoute<Args extends unknown[]>(
  maxBytes: number,
  handler: Handler<Given<string>, Args>,
) {
  return createRoute(() => ({}), rawBody(maxBytes), handler)
}

function createRoute<Caller, Input, Args extends unknown[]>(
  guard: (request: Request) => Caller | Promise<Caller>,
  read: Reader<Input>,
  handler: Handler<Given<Input> & Caller, Args>,
) {
  return handleRoute(async (request, ...args: Args) => {
    const caller = await guard(request)
    const input = await read(request)
    const result = await handler({ request, input, ...caller }, ...args)
    return result instanceof Response ? result : Response.json(result)
  })
}
