import 'server-only'
import { setTimeout as delay } from 'node:timers/promises'
import { after } from 'next/server'
import { creditService, type RunHandle } from '@/lib/credits'
import { AppError } from '@/lib/http/errors'
import { logger } from '@/lib/logger'
import type { Json } from '@/lib/supabase/database.types'

const ATTEMPTS = 3
const FIRST_PAUSE_MS = 100

/** Well within what a hold outlives its run by: who reads an answer slowly pays for it all the same. */
const SEND_TIMEOUT_MS = 10_000

export type RunEnd = {
  amount: number
  reason?: string
  /** Makes what is stored of the answer. */
  response: () => Json
  runStatus?: 'aborted' | 'failed'
  /** What the run cost the owner, in millionths of a US dollar, where that is known. */
  cost?: number
}

/** Settles a finished run once its answer is sent, or is taking long to be. */
export function settleOnceSent(run: RunHandle, end: RunEnd): void {
  let settled: Promise<void> | undefined
  const settleOnce = () => {
    clearTimeout(late)
    settled ??= settleRun(run, end)
    return settled
  }
  const late = setTimeout(() => void settleOnce(), SEND_TIMEOUT_MS)
  after(settleOnce)
}

/** Settles a run, in several attempts; one that the database never hears of comes back by itself. */
export async function settleRun(
  run: RunHandle,
  { amount, reason, response, runStatus, cost }: RunEnd,
): Promise<void> {
  const answer = toResult(response)
  if (answer === undefined) {
    return releaseRun(run, { reason: 'Given back: the answer could not be sent', cost })
  }
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    try {
      // The last attempt is without the answer: whatever cannot be kept must not make the run free.
      const kept = attempt < ATTEMPTS ? answer : undefined
      const end = { amount, reason, response: kept, runStatus, cost, lease: run.lease }
      await creditService.settle(run.transactionId, end)
      return
    } catch (error) {
      // Left open, the hold comes back to the user by itself: an error here never costs them anything.
      logger.error('a run could not be settled', { transactionId: run.transactionId, attempt, error })
      if (error instanceof AppError) return
      await delay(FIRST_PAUSE_MS * 2 ** attempt)
    }
  }
}

/** Gives a run back; one that the database never hears of comes back by itself. */
export async function releaseRun(
  { transactionId, lease }: RunHandle,
  end: { reason: string; response?: Json; runStatus?: 'aborted' | 'failed'; cost?: number },
): Promise<void> {
  try {
    await creditService.release(transactionId, { ...end, lease })
  } catch (cause) {
    logger.error('a run could not be released; it comes back when its hold expires', {
      transactionId,
      error: cause,
    })
  }
}

/** The answer as JSON; undefined when it cannot be written as such, and so was never sent either. */
function toResult(response: () => Json): Json | undefined {
  try {
    return response()
  } catch (error) {
    logger.error('the answer of a tool cannot be written as JSON', { error })
    return undefined
  }
}
