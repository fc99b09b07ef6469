import 'server-only'
import type { z } from 'zod'
import { GENERAL } from '@/lib/credit-type'
import { creditService, type Reservation } from '@/lib/credits'
import { errorBody } from '@/lib/http'
import { AppError } from '@/lib/http/errors'
import { logger } from '@/lib/logger'
import type { Tool, ToolProgress, ToolUser } from './define-tool'
import { DEFAULT_TIMEOUT_MS } from './reserve-for-run'
import { settleOnceSent } from './settle-run'
import { toStoredResponse } from './stored-response'

type Run<Schema extends z.ZodType, Result extends object> = {
  tool: Tool<Schema, Result>
  input: z.output<Schema>
  user: ToolUser
  reservation: Reservation
  /** Aborted when the client goes away. */
  signal: AbortSignal
  progress: (progress: ToolProgress) => void
}

/**
 * What every tool's answer carries beside its result, in whole credits. `newBalance` has what the run gives back
 * already, and otherwise is that of the wallet's `balanceVersion`.
 */
export type Receipt = {
  newBalance: number
  balanceVersion: number
  creditType: string
  creditsUsed: number
  transactionId: number
}

/**
 * Runs a tool whose price is reserved, and gives its answer; the hold is settled after that is sent. Whatever keeps
 * the run from a result gives the hold back first.
 * @throws the tool's own AppError, or `tool_failed` (500), `tool_timed_out` (504), `client_closed_request` (499)
 */
export async function runTool<Schema extends z.ZodType, Result extends object>(
  run: Run<Schema, Result>,
): Promise<Result & Receipt> {
  const { tool, input, user, reservation, signal, progress } = run
  const price = -reservation.amount
  const deadline = AbortSignal.timeout(tool.timeoutMs ?? DEFAULT_TIMEOUT_MS)
  const either = AbortSignal.any([signal, deadline])
  let cost = price
  try {
    const charge = (credits: number) => {
      cost = boundedCost(credits, price)
    }
    const request = { input, user, progress, charge, signal: either }
    const found = await Promise.race([tool.run(request), rejectOnAbort(either)])
    either.throwIfAborted()
    const answer = { ...found, ...receipt(tool.creditType, reservation, cost) }
    const reason = cost < price ? `${tool.name}: cost less than its price` : undefined
    const response = () => toStoredResponse(200, answer)
    settleOnceSent(reservation.transactionId, { amount: cost, reason, response })
    return answer
  } catch (cause) {
    const { code, status, message, details } = describeFailure(cause, { signal, deadline })
    const error = new AppError(code, status, `${message} You were not charged.`, details)
    await release(reservation.transactionId, `${tool.name}: ${message}`, error)
    throw error
  }
}

function boundedCost(credits: number, price: number): number {
  if (!Number.isSafeInteger(credits) || credits < 0 || credits > price) {
    throw new RangeError(`A run reserved at ${price} credits cannot cost ${credits}.`)
  }
  return credits
}

function receipt(
  creditType = GENERAL,
  { balance, version, transactionId, amount }: Reservation,
  cost: number,
): Receipt {
  const newBalance = balance - amount - cost
  return { newBalance, balanceVersion: version, creditType, creditsUsed: cost, transactionId }
}

async function rejectOnAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}

async function release(transactionId: number, reason: string, error: AppError): Promise<void> {
  try {
    await creditService.release(transactionId, {
      reason,
      response: toStoredResponse(error.status, errorBody(error)),
    })
  } catch (cause) {
    logger.error('the hold of a failed run could not be released; it comes back when it expires', {
      transactionId,
      error: cause,
    })
  }
}

function describeFailure(
  cause: unknown,
  { signal, deadline }: Record<'signal' | 'deadline', AbortSignal>,
): AppError {
  if (signal.aborted) return new AppError('client_closed_request', 499, 'The request was canceled.')
  if (deadline.aborted) return new AppError('tool_timed_out', 504, 'This took too long.')
  if (cause instanceof AppError) return cause
  logger.error('a tool failed', { error: cause })
  return new AppError('tool_failed', 500, 'The tool failed.')
}
