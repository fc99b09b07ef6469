import 'server-only'
import type { z } from 'zod'
import { type CreditChange, creditService } from '@/lib/credits'
import { AppError } from '@/lib/errors'
import { logger } from '@/lib/logger'
import type { Tool, ToolRun } from './define-tool'

const DEFAULT_TIMEOUT_MS = 30_000

/**
 * Runs a tool that has been charged for. Whatever keeps it from a result gives the charge back first.
 * @throws the tool's own AppError, or `tool_failed` (500), `tool_timed_out` (504), `client_closed_request` (499)
 */
export async function runTool<Schema extends z.ZodType, Result extends object>(
  tool: Tool<Schema, Result>,
  { charge, signal, ...run }: ToolRun<z.output<Schema>> & { charge: CreditChange },
): Promise<Result> {
  const deadline = AbortSignal.timeout(tool.timeoutMs ?? DEFAULT_TIMEOUT_MS)
  const either = AbortSignal.any([signal, deadline])
  try {
    const result = await Promise.race([tool.run({ ...run, signal: either }), rejectOnAbort(either)])
    if (signal.aborted) throw signal.reason
    return result
  } catch (cause) {
    const refunded = await giveBack(charge, tool.name)
    throw failure(cause, { deadline, signal, refunded })
  }
}

function rejectOnAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}

async function giveBack(charge: CreditChange, toolName: string): Promise<boolean> {
  try {
    await creditService.refundTransaction(charge.transactionId, { reason: `${toolName} did not finish` })
    return true
  } catch (error) {
    logger.error('a failed run could not be refunded', { transactionId: charge.transactionId, error })
    return false
  }
}

function failure(
  cause: unknown,
  { deadline, signal, refunded }: { deadline: AbortSignal; signal: AbortSignal; refunded: boolean },
): AppError {
  const credits = refunded
    ? 'Your credits were given back.'
    : 'We could not give your credits back yet; please write to us.'
  const details = { refunded }
  if (signal.aborted)
    return new AppError('client_closed_request', 499, `The request was cancelled. ${credits}`, details)
  if (deadline.aborted)
    return new AppError('tool_timed_out', 504, `This took too long and was stopped. ${credits}`, details)
  if (cause instanceof AppError) {
    return new AppError(cause.code, cause.status, `${cause.message} ${credits}`, {
      ...cause.details,
      ...details,
    })
  }
  logger.error('a tool failed', { error: cause })
  return new AppError('tool_failed', 500, `The tool failed. ${credits}`, details)
}
