import 'server-only'
import { z } from 'zod'
import type { CurrentUser } from '@/lib/auth/session'
import type { Contract } from '@/lib/contracts/contract'
import type { RateLimitedAction } from '@/lib/rate-limits/limits'
import { assertBounded } from './bounds'
import { admitAdmin, admitUser, endRefusedSession } from './callers'
import { handleRoute } from './error-response'
import { parseInput } from './parse-input'
import { readJson } from './read-body'

type Kind = Contract['kind']

/** A contract with what carries it out, whichever door a request comes in by. */
export type Procedure<
  K extends Kind = Kind,
  In extends z.ZodType = z.ZodType,
  Out extends z.ZodType = z.ZodType,
> = {
  contract: Contract<K, In, Out>
  /**
   * Checks who calls, then what `read` gives, then does it.
   * @throws the error that says what is wrong with either, or why it was refused
   */
  call: (request: Request, read: () => unknown) => Promise<z.output<Out>>
}

type Handler<In extends z.ZodType, Out extends z.ZodType, Caller> = (
  call: { request: Request; input: z.output<In> } & Caller,
) => Promise<z.input<Out>>

/** For anybody. */
export function publicProcedure<K extends Kind, In extends z.ZodType, Out extends z.ZodType>(
  contract: Contract<K, In, Out>,
  handler: Handler<In, Out, object>,
): Procedure<K, In, Out> {
  return createProcedure(contract, async () => ({}), handler)
}

/** For who is signed in: as `userRoute`. */
export function userProcedure<K extends Kind, In extends z.ZodType, Out extends z.ZodType>(
  contract: Contract<K, In, Out>,
  handler: Handler<In, Out, { user: CurrentUser }>,
  { rate }: { rate?: RateLimitedAction } = {},
): Procedure<K, In, Out> {
  return createProcedure(contract, (request) => admitUser(request, rate), handler)
}

/** For admins: as `adminRoute`. */
export function adminProcedure<K extends Kind, In extends z.ZodType, Out extends z.ZodType>(
  contract: Contract<K, In, Out>,
  handler: Handler<In, Out, { admin: CurrentUser }>,
): Procedure<K, In, Out> {
  return createProcedure(contract, admitAdmin, handler)
}

/** The REST door of a procedure: the query of a GET, or a JSON body of at most 16 KiB; with them, what its address names. */
export function procedureRoute({ contract, call }: Procedure) {
  return handleRoute(async (request, context?: { params: Promise<object> }) => {
    const read = async () => {
      const isGet = contract.method === 'GET'
      const sent = isGet
        ? Object.fromEntries(new URL(request.url).searchParams)
        : await readJson(request, z.unknown())
      const named = (await context?.params) ?? {}
      return Object.keys(named).length > 0 && isObject(sent) ? { ...sent, ...named } : sent
    }
    return Response.json(await call(request, read))
  })
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function createProcedure<K extends Kind, In extends z.ZodType, Out extends z.ZodType, Caller extends object>(
  contract: Contract<K, In, Out>,
  admit: (request: Request) => Promise<Caller>,
  handler: Handler<In, Out, Caller>,
): Procedure<K, In, Out> {
  return {
    contract,
    async call(request, read) {
      const caller = await admit(request)
      const raw = await read()
      assertBounded(raw)
      const input = parseInput(contract.input, raw)
      const output = await endRefusedSession(() => handler({ request, input, ...caller }))
      return contract.output.parse(output)
    },
  }
}
