import 'server-only'
import { GENERAL } from '@/lib/credit-type'
import type { Reservation } from '@/lib/credits'
import { wakeWorker } from './app-worker'

/** What is answered at once about a run in the background. Amounts are whole credits. */
export type QueuedRun = {
  runId: number
  status: 'queued'
  creditsHeld: number
  newBalance: number
  balanceVersion: number
  creditType: string
  transactionId: number
}

/** Answers 202 with the run that was queued, and lets a worker know. */
export function answerQueued(
  { creditType = GENERAL }: { creditType?: string },
  { runId, transactionId, amount, balance, version }: Reservation,
): Response {
  wakeWorker()
  const queued: QueuedRun = {
    ...{ runId, status: 'queued', transactionId, creditType },
    ...{ creditsHeld: -amount, newBalance: balance, balanceVersion: version },
  }
  return Response.json(queued, { status: 202 })
}
