import 'server-only'
import type { z } from 'zod'
import { creditService, pricesByTier, type Reservation } from '@/lib/credits'
import { ConflictError } from '@/lib/http/errors'
import type { Spender } from '@/lib/supabase/caller'
import type { Tool, ToolUser } from './define-tool'
import { hashRequest } from './hash-request'
import { readStoredResponse } from './stored-response'
import { summarizeInput } from './summarize-input'

export const DEFAULT_TIMEOUT_MS = 30_000

/** What a hold outlives its run's time limit by, in ms: enough to answer and to settle. */
const HOLD_MARGIN_MS = 30_000

type Request<Input> = { user: ToolUser & Spender; input: Input; key: string | null }

/**
 * Reserves the price of a run, or its first slice; for a repeated request gives the answer of the first instead.
 * @throws what the engine refuses, and ConflictError `still_running`
 */
export async function reserveForRun<Schema extends z.ZodType, Result extends object>(
  tool: Tool<Schema, Result>,
  { user, input, key }: Request<z.output<Schema>>,
): Promise<{ reservation: Reservation } | { replay: Response }> {
  const reservation = await creditService.reserve(user.id, {
    caller: user,
    action: tool.id,
    description: tool.name,
    prices: pricesByTier((tier) => Math.min(tool.cost({ input, tier }), tool.slice ?? Infinity)),
    holdMs: (tool.timeoutMs ?? DEFAULT_TIMEOUT_MS) + HOLD_MARGIN_MS,
    creditType: tool.creditType,
    requiredTier: tool.requiredTier,
    rateLimit: tool.rateLimit,
    idempotencyKey: key === null ? undefined : `tool:${tool.id}:${key}`,
    requestHash: key === null ? undefined : await hashRequest(tool.id, input),
    metadata: tool.explain?.(input),
    input: summarizeInput(input),
  })
  if (!reservation.replayed) return { reservation }
  if (reservation.status === 'open') {
    throw new ConflictError(
      'This request is still running. It was paid once; its answer will come.',
      'still_running',
    )
  }
  return { replay: readStoredResponse(reservation) }
}
