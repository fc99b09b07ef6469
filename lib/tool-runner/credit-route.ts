import 'server-only'
import { z } from 'zod'
import type { Reservation } from '@/lib/credits'
import { parseInput, readForm, readJson } from '@/lib/http'
import { noInput, userRoute } from '@/lib/http/routes'
import type { Spender } from '@/lib/supabase/caller'
import type { Tool, ToolUser } from './define-tool'
import { answerAsStream, type Sink, wantsStream } from './event-stream'
import { reserveForRun } from './reserve-for-run'
import { runTool } from './run-tool'

export const DEFAULT_MAX_BYTES = 131_072

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

/** A request of a user who was checked: by session and origin, or by a key of the API. */
export type ToolCall = {
  request: Request
  user: ToolUser & Spender
  /** Told what is reserved before it runs; gives what else ends the run, until `stop`. */
  watch?: (reservation: Reservation) => { signal: AbortSignal; stop: () => void }
}

/** {@link creditRoute} for a route that has checked who calls: that is not checked again. */
export async function serveTool<Schema extends z.ZodType, Result extends object>(
  tool: Tool<Schema, Result>,
  { request, user, watch }: ToolCall,
): Promise<Response | object> {
  const key = parseInput(idempotencyKey, request.headers.get('idempotency-key'))
  const input = await readToolInput(tool, request)
  const toolUser = { id: user.id, email: user.email }
  await tool.check?.({ input, user: toolUser })

  const reserved = await reserveForRun(tool, { user, input, key })
  if ('replay' in reserved) return reserved.replay
  const { reservation } = reserved
  const watched = watch?.(reservation)
  const run = ({ signal, progress }: Sink) => {
    const ends = watched ? AbortSignal.any([signal, watched.signal]) : signal
    const running = runTool({ tool, input, user: toolUser, reservation, signal: ends, progress })
    return running.finally(() => watched?.stop())
  }
  if (wantsStream(request)) return answerAsStream(request.signal, run)
  return run({ signal: request.signal, progress: () => undefined })
}

/** What a request asks of a tool. @throws what says why it cannot be read */
export async function readToolInput<Schema extends z.ZodType, Result extends object>(
  tool: Tool<Schema, Result>,
  request: Request,
): Promise<z.output<Schema>> {
  const maxBytes = tool.maxBytes ?? DEFAULT_MAX_BYTES
  if (tool.body === 'form') return parseInput(tool.input, await readForm(request, maxBytes))
  return readJson(request, tool.input, { maxBytes })
}
