import 'server-only'
import { z } from 'zod'
import type { Reservation, RunSource } from '@/lib/credits'
import { parseInput, readForm, readJson } from '@/lib/http'
import { noInput, userRoute } from '@/lib/http/routes'
import type { Spender } from '@/lib/supabase/caller'
import { answerQueued } from './background/answer-queued'
import type { Tool, ToolProgress, ToolUser } from './define-tool'
import { answerAsStream, type Sink, wantsStream } from './event-stream'
import { renameFields } from './rename-fields'
import { reportRun } from './report-run'
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
 * repeated with its `Idempotency-Key` gets the first answer again, unpaid, or 409 `still_running`. A tool that runs in the
 * background answers 202 at once.
 */
export function creditRoute<Schema extends z.ZodType, Result extends object>(tool: Tool<Schema, Result>) {
  return userRoute(noInput, (call) => serveTool(tool, call))
}

/** A request of a user who was checked: by session and origin, or by a key of the API. */
export type ToolCall = {
  request: Request
  user: ToolUser & Spender
  /** By what the run came, where the caller alone does not say it. */
  source?: RunSource
  /** Told what is reserved, before it runs. */
  onReserved?: (reservation: Reservation) => void
}

/** {@link creditRoute} for a route that has checked who calls: that is not checked again. */
export async function serveTool<Schema extends z.ZodType, Result extends object>(
  tool: Tool<Schema, Result>,
  { request, user, source, onReserved }: ToolCall,
): Promise<Response | object> {
  const key = parseInput(idempotencyKey, request.headers.get('idempotency-key'))
  const { input, sent } = await readToolInput(tool, request)
  const toolUser = { id: user.id, email: user.email }
  await tool.check?.({ input, user: toolUser })

  const reserved = await reserveForRun(tool, { user, input, key, sent, source })
  if ('replay' in reserved) return reserved.replay
  const { reservation } = reserved
  onReserved?.(reservation)
  if (tool.background) return answerQueued(tool, reservation)
  const run = (sink: Sink) => {
    const report = reportRun(reservation.runId)
    const signal = AbortSignal.any([sink.signal, report.signal])
    const progress = (step: ToolProgress) => {
      report.progress(step)
      sink.progress(step)
    }
    const { write } = sink
    return runTool({ tool, input, user: toolUser, reservation, signal, progress, write }).finally(report.stop)
  }
  if (wantsStream(request)) {
    return answerAsStream({ requestSignal: request.signal, runId: reservation.runId }, run)
  }
  return run({ signal: request.signal, progress: () => undefined, write: () => undefined })
}

/**
 * What a request asks of a tool; `sent` is the same before it was read, null for a form.
 * @throws what says why it cannot be read
 */
export async function readToolInput<Schema extends z.ZodType, Result extends object>(
  tool: Tool<Schema, Result>,
  request: Request,
): Promise<{ input: z.output<Schema>; sent: unknown }> {
  const maxBytes = tool.maxBytes ?? DEFAULT_MAX_BYTES
  if (tool.body === 'form') {
    return { input: parseInput(tool.input, await readForm(request, maxBytes)), sent: null }
  }
  const sent = renameFields(await readJson(request, z.unknown(), { maxBytes }), tool.otherNames)
  return { input: parseInput(tool.input, sent), sent }
}
