import 'server-only'
import { z } from 'zod'
import type { CurrentUser } from '@/lib/auth/session'
import { parseInput, readForm, readJson } from '@/lib/http'
import { noInput, userRoute } from '@/lib/http/routes'
import type { Tool } from './define-tool'
import { answerAsStream, wantsStream } from './event-stream'
import { reserveForRun } from './reserve-for-run'
import { runTool } from './run-tool'

const DEFAULT_MAX_BYTES = 131_072

const idempotencyKey = z
  .string()
  .regex(
    /^[\w.:-]{1,128}$/,
    'Idempotency-Key takes 1 to 128 letters, digits, dots, colons, dashes and underscores',
  )
  .nullable()

/**
 * Serves a tool: session, origin, bounded body, validation, one round trip that reserves the price, then the run.
 * Answers `{ …result, newBalance, creditsUsed, transactionId, runId }` in whole credits, and settles once that is sent;
 * with `Accept: text/event-stream` the same arrives as a `result` (or `error`) event after `progress` events. A run that
 * throws is given back; so is one that times out or loses its client, unless its tool charges `onAbort`. A request
 * repeated with its `Idempotency-Key` gets the first answer again, unpaid, or 409 `still_running`.
 */
export function creditRoute<Schema extends z.ZodType, Result extends object>(tool: Tool<Schema, Result>) {
  return userRoute(noInput, (call) => serveTool(tool, call))
}

/** A request of a user whose session and origin were checked. */
export type UserCall = { request: Request; user: CurrentUser }

/** {@link creditRoute} for a route that has checked who calls: that is not checked again. */
export async function serveTool<Schema extends z.ZodType, Result extends object>(
  tool: Tool<Schema, Result>,
  { request, user }: UserCall,
): Promise<Response | object> {
  const key = parseInput(idempotencyKey, request.headers.get('idempotency-key'))
  const maxBytes = tool.maxBytes ?? DEFAULT_MAX_BYTES
  const input =
    tool.body === 'form'
      ? parseInput(tool.input, await readForm(request, maxBytes))
      : await readJson(request, tool.input, { maxBytes })
  await tool.check?.({ input, user })

  const reserved = await reserveForRun(tool, { user, input, key })
  if ('replay' in reserved) return reserved.replay
  const run = { tool, input, user, reservation: reserved.reservation }
  if (wantsStream(request)) return answerAsStream(request.signal, (sink) => runTool({ ...run, ...sink }))
  return runTool({ ...run, signal: request.signal, progress: () => undefined })
}
