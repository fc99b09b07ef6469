import 'server-only'
import type { z } from 'zod'
import { errorBody } from '@/lib/http'
import { AppError } from '@/lib/http/errors'
import { logger } from '@/lib/logger'
import type { Tool } from '../define-tool'
import { reportRun } from '../report-run'
import { runTool } from '../run-tool'
import { releaseRun, settleRun } from '../settle-run'
import { toStoredResponse } from '../stored-response'
import { type ClaimedRun, requeueRun } from './claim-run'

const RETRY_DELAY_MS = 5_000

/** Runs a claimed run to its end: settled, given back, or put back into the queue. Never throws. */
export async function workRun<Schema extends z.ZodType, Result extends object>(
  tool: Tool<Schema, Result>,
  { input: sent, user, reservation }: ClaimedRun,
): Promise<void> {
  const input = tool.input.safeParse(sent)
  if (!input.success) {
    return releaseClaimed(reservation, 'This tool has changed since the run was started. Start it again.')
  }
  const report = reportRun(reservation.runId, reservation.lease)
  try {
    await runTool({
      ...{ tool, user, reservation, input: input.data },
      ...{ signal: report.signal, progress: report.progress, settle: settleRun },
      retry: () => requeueRun(reservation, RETRY_DELAY_MS),
    })
  } catch (error) {
    // How it ended is stored with the run.
    if (!(error instanceof AppError)) logger.error('a run in the background failed', { error })
  } finally {
    report.stop()
  }
}

/** Gives back a claimed run that nothing can be done about. */
export async function releaseClaimed(reservation: ClaimedRun['reservation'], message: string): Promise<void> {
  const error = new AppError('tool_changed', 410, `${message} You were not charged.`)
  const response = toStoredResponse(error.status, errorBody(error))
  await releaseRun(reservation, { reason: message, response, runStatus: 'failed' })
}
