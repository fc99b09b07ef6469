import 'server-only'
import { GENERAL, nameUnit } from '@/lib/credit-type'
import { InsufficientCreditsError, RefusedError } from '@/lib/credits'
import { countCredits } from '@/lib/format'
import { errorBody } from '@/lib/http'
import { AppError } from '@/lib/http/errors'
import { logger } from '@/lib/logger'
import { RunLostError } from './report-run'
import type { RunMeter } from './run-meter'
import { releaseRun, settleRun } from './settle-run'
import { toStoredResponse } from './stored-response'

type Unfinished = {
  tool: { name: string; creditType?: string; onAbort?: 'refund' | 'charge' }
  meter: RunMeter
  /** Aborted when the client went away, or with an AppError for whoever canceled the run. */
  signal: AbortSignal
  /** Aborted when the time was up. */
  deadline: AbortSignal
  /** What was written to the client by then: it is kept. */
  text?: string
  /** What the run cost the owner by then, in millionths of a US dollar, where that is known. */
  cost?: number
  /** Puts the run back into the queue to be tried again; false when it may not be. */
  retry?: () => Promise<boolean>
}

/** Why a run has no result. `ending` says it to readers of the ledger, before what had been used. */
type Failure = { error: AppError; ending?: string; keepsUsed: boolean }

/** Ends a run without a result: gives it back, or settles it for what it had used. Gives the error for the client. */
export async function endUnfinishedRun(cause: unknown, unfinished: Unfinished): Promise<AppError> {
  const { tool, meter, signal, retry } = unfinished
  const { error, ending, keepsUsed } = describeFailure(cause, unfinished)
  await meter.stop()
  // Neither paid nor given back here: it is another worker's, or about to be.
  if (signal.reason instanceof RunLostError) return error
  if (!ending && error.status >= 500 && (await retry?.())) return error

  const { code, status, message } = error
  const details = { ...error.details, ...(unfinished.text && { text: unfinished.text }) }
  const runStatus = ending ? 'aborted' : 'failed'
  const amount = meter.used ?? 0
  if (keepsUsed && amount > 0) {
    const used = countCredits(amount, nameUnit(tool.creditType ?? GENERAL))
    const told = new AppError(code, status, `${message} You were charged ${used} for what was used.`, {
      ...details,
      creditsUsed: amount,
    })
    const reason = `${tool.name}: ${ending} after ${used} had been used`
    const response = () => toStoredResponse(status, errorBody(told))
    await settleRun(meter.run, { amount, reason, response, runStatus, cost: unfinished.cost })
    return told
  }
  const told = new AppError(code, status, `${message} You were not charged.`, details)
  const response = toStoredResponse(status, errorBody(told))
  const reason = `${tool.name}: ${ending ?? message}`
  await releaseRun(meter.run, { reason, response, runStatus, cost: unfinished.cost })
  return told
}

function describeFailure(cause: unknown, { tool, meter, signal, deadline }: Unfinished): Failure {
  const keepsUsed = tool.onAbort === 'charge'
  if (signal.reason instanceof AppError) return { error: signal.reason, ending: 'it was canceled', keepsUsed }
  if (signal.aborted) {
    const error = new AppError('client_closed_request', 499, 'The request was canceled.')
    return { error, ending: 'the client left', keepsUsed }
  }
  if (deadline.aborted) {
    const error = new AppError('tool_timed_out', 504, 'This took too long.')
    return { error, ending: 'it took too long', keepsUsed }
  }
  if (meter.signal.aborted && isOutOfCredits(meter.signal.reason)) {
    // What the balance could pay was delivered.
    return { error: meter.signal.reason, ending: 'the credits ran out', keepsUsed: true }
  }
  if (cause instanceof AppError) return { error: cause, keepsUsed: false }
  logger.error('a tool failed', { error: cause })
  return { error: new AppError('tool_failed', 500, 'The tool failed.'), keepsUsed: false }
}

/** Whether the balance, or the budget of a key of the API, could not pay for more. */
function isOutOfCredits(reason: unknown): reason is RefusedError {
  if (reason instanceof InsufficientCreditsError) return true
  return reason instanceof RefusedError && reason.code === 'budget_exceeded'
}
