import 'server-only'
import type { z } from 'zod'
import { creditService, pricesByTier, type Reservation, type RunSource } from '@/lib/credits'
import { ConflictError, PayloadTooLargeError } from '@/lib/http/errors'
import type { Spender } from '@/lib/supabase/caller'
import type { Json } from '@/lib/supabase/database.types'
import type { Tool, ToolUser } from './define-tool'
import { hashRequest } from './hash-request'
import { holdOf, maxAttemptsOf, retentionOf } from './run-limits'
import { toStorable } from './storable'
import { readStoredResponse } from './stored-response'
import { summarizeInput } from './summarize-input'

/** The longest input that is kept to be run in the background or repeated, in characters of JSON. */
const MAX_INPUT_LENGTH = 128_000

type Request<Input> = {
  user: ToolUser & Spender
  input: Input
  key: string | null
  /** The input as it was sent; null for one with files. */
  sent?: unknown
  /** By what the run came, where the caller alone does not say it. */
  source?: RunSource
}

/**
 * Reserves the price of a run, or its first slice, and queues a run in the background; for a repeated request gives the
 * answer of the first instead.
 * @throws what the engine refuses, and ConflictError `still_running`
 */
export async function reserveForRun<Schema extends z.ZodType, Result extends object>(
  tool: Tool<Schema, Result>,
  { user, input, key, sent = null, source }: Request<z.output<Schema>>,
): Promise<{ reservation: Reservation } | { replay: Response }> {
  const reservation = await creditService.reserve(user.id, {
    caller: user,
    action: tool.id,
    description: tool.name,
    prices: pricesByTier((tier) => Math.min(tool.cost({ input, tier }), tool.slice ?? Infinity)),
    holdMs: holdOf(tool),
    creditType: tool.creditType,
    requiredTier: tool.requiredTier,
    rateLimit: tool.rateLimit,
    idempotencyKey: key === null ? undefined : `tool:${tool.id}:${key}`,
    requestHash: key === null ? undefined : await hashRequest(tool.id, input),
    metadata: tool.explain?.(input),
    input: summarizeInput(input),
    run: {
      source,
      fullInput: keepInput(tool, sent),
      retentionSeconds: retentionOf(tool),
      maxAttempts: maxAttemptsOf(tool),
      maxCost: tool.ownerCost?.most({ input }),
      maxCostPerDay: tool.ownerCost?.perDay() ?? undefined,
    },
  })
  if (!reservation.replayed) return { reservation }
  if (reservation.status !== 'open') return { replay: readStoredResponse(reservation) }
  if (tool.background) return { reservation }
  throw new ConflictError(
    'This request is still running. It was paid once; its answer will come.',
    'still_running',
  )
}

/** The input as it is kept. @throws PayloadTooLargeError for one that a worker would need and cannot be kept */
function keepInput({ background }: { background?: unknown }, sent: unknown): Json {
  const kept = sent === null ? null : toStorable(sent, MAX_INPUT_LENGTH)
  if (kept === null && background) throw new PayloadTooLargeError(MAX_INPUT_LENGTH)
  return kept
}
