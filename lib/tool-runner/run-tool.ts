import 'server-only'
import type { z } from 'zod'
import { GENERAL } from '@/lib/credit-type'
import type { Reservation, RunHandle } from '@/lib/credits'
import { rejectOnAbort } from '@/lib/reject-on-abort'
import type { Tool, ToolProgress, ToolUser } from './define-tool'
import { endUnfinishedRun } from './end-unfinished-run'
import { timeoutOf } from './run-limits'
import { RunMeter } from './run-meter'
import { type RunEnd, settleOnceSent } from './settle-run'
import { toStoredResponse } from './stored-response'

type Run<Schema extends z.ZodType, Result extends object> = {
  tool: Tool<Schema, Result>
  input: z.output<Schema>
  user: ToolUser
  reservation: Reservation
  /** Aborted when the client goes away. */
  signal: AbortSignal
  progress: (progress: ToolProgress) => void
  /** Sends a piece of text to the client. */
  write?: (text: string) => void
  /** Settles the run once it has its answer: when that is sent by default. */
  settle?: (run: RunHandle, end: RunEnd) => void | Promise<void>
  /** Puts a run that failed back into the queue; false when it may not be. */
  retry?: () => Promise<boolean>
}

/**
 * What every tool's answer carries beside its result, in whole credits. `newBalance` has what the run gives back
 * already, and otherwise is that of the wallet's `balanceVersion`. The run is found by its `runId` again.
 */
export type Receipt = {
  newBalance: number
  balanceVersion: number
  creditType: string
  creditsUsed: number
  transactionId: number
  runId: number
}

/**
 * Runs a tool whose price is reserved, and gives its answer; the hold is settled after that is sent. Whatever keeps
 * the run from a result gives the hold back first, or settles it for what was used: when the balance cannot pay the
 * next slice, and for a tool that charges on abort.
 * @throws the tool's own AppError, or `tool_failed` (500), `tool_timed_out` (504), `client_closed_request` (499)
 */
export async function runTool<Schema extends z.ZodType, Result extends object>(
  run: Run<Schema, Result>,
): Promise<Result & Receipt> {
  const { tool, input, user, signal, settle = settleOnceSent, retry } = run
  const deadline = AbortSignal.timeout(timeoutOf(tool))
  const meter = startMeter(run, AbortSignal.any([signal, deadline]))
  let text = ''
  let cost: number | undefined
  const spend = (micros: number) => {
    cost = Math.ceil(micros)
  }
  try {
    const aborted = rejectOnAbort(meter.signal)
    const progress = (step: ToolProgress) => meter.deliver(() => run.progress(step))
    const write = (piece: string) =>
      meter.deliver(() => {
        text += piece
        run.write?.(piece)
      })
    const charge = (credits: number) => meter.charge(credits)
    const found = await Promise.race([
      tool.run({
        input,
        user,
        tier: run.reservation.tier,
        progress,
        write,
        charge,
        spend,
        signal: meter.signal,
      }),
      aborted,
    ])
    await Promise.race([meter.flush(), aborted])
    meter.signal.throwIfAborted()
    const amount = meter.used ?? meter.wallet.held
    const answer = { ...found, ...receipt(run, meter, amount) }
    const reason = amount < meter.wallet.held ? `${tool.name}: cost less than its price` : undefined
    const response = () => toStoredResponse(200, answer)
    await settle(meter.run, { amount, reason, response, cost })
    return answer
  } catch (cause) {
    throw await endUnfinishedRun(cause, { tool, meter, signal, deadline, retry, text, cost })
  }
}

function startMeter<Schema extends z.ZodType, Result extends object>(
  { tool: { cost, slice }, input, reservation }: Run<Schema, Result>,
  signal: AbortSignal,
): RunMeter {
  const price = slice === undefined ? -reservation.amount : cost({ input, tier: reservation.tier })
  return new RunMeter(reservation, { price, slice, signal })
}

function receipt<Schema extends z.ZodType, Result extends object>(
  { tool: { creditType = GENERAL }, reservation: { transactionId, runId } }: Run<Schema, Result>,
  { wallet: { balance, held, version } }: RunMeter,
  cost: number,
): Receipt {
  const newBalance = balance + held - cost
  return { newBalance, balanceVersion: version, creditType, creditsUsed: cost, transactionId, runId }
}
