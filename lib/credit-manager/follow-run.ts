import { z } from 'zod'
import { ApiCallError, callApi, type RunProgress, runProgress } from '@/lib/http/api-client'

const FOLLOW_MS = 1_000

const record = z.object({
  status: z.string(),
  progress: runProgress.nullable().catch(null),
  response: z.object({ status: z.int(), body: z.looseObject({}) }).nullable(),
})

const refused = z.looseObject({ error: z.string(), message: z.string() })

/**
 * Follows a run in the background to its end.
 * @returns its result
 * @throws ApiCallError when it ends without one
 */
export async function followRun(
  runId: number,
  onProgress: (progress: RunProgress) => void,
  signal: AbortSignal,
): Promise<object> {
  for (;;) {
    await pause(signal)
    const run = await callApi(`/api/runs/${runId}`, { reply: record, signal }).catch((error) => {
      // The run goes on without us: while the server cannot be reached, it is asked again.
      if (error instanceof ApiCallError && !signal.aborted && isPassing(error)) return null
      throw error
    })
    if (run?.progress) onProgress(run.progress)
    if (run && run.status !== 'queued' && run.status !== 'running') return endOf(run)
  }
}

const isPassing = ({ status }: ApiCallError) => status === 0 || status >= 500

function endOf({ status, response }: z.output<typeof record>): object {
  if (status === 'succeeded' && response) return response.body
  if (status === 'succeeded') {
    throw new ApiCallError(
      'answer_not_kept',
      409,
      'The run has finished, and its result is too large to be kept.',
    )
  }
  const told = refused.safeParse(response?.body)
  if (!told.success) {
    throw new ApiCallError('run_lost', 409, 'The run did not end in time, so its credits came back.')
  }
  const { error, message, ...details } = told.data
  throw new ApiCallError(error, response?.status ?? 500, message, details)
}

function pause(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, FOLLOW_MS)
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer)
        resolve()
      },
      { once: true },
    )
  })
}
