import 'server-only'
import { errorBody, toAppError } from '@/lib/http'
import type { ToolProgress } from './define-tool'

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store, no-transform',
  // Proxies that buffer answers would hold progress back until the end.
  'x-accel-buffering': 'no',
}

/** Where a run tells what it does: to nobody, for a client that did not ask for a stream. */
export type Sink = {
  signal: AbortSignal
  progress: (progress: ToolProgress) => void
  /** Sends the next piece of the text that the run writes. */
  write: (text: string) => void
}

/** Whether the client asked to follow the run. */
export function wantsStream(request: Request): boolean {
  return request.headers.get('accept')?.includes('text/event-stream') ?? false
}

/**
 * Answers with server-sent events: `run` with its id, `progress` and `text` while `run` goes on, then one `result`, or one `error` of the shape of
 * every other error here. `run` is aborted when the client goes away.
 */
export function answerAsStream(
  { requestSignal, runId }: { requestSignal: AbortSignal; runId: number },
  run: (sink: Sink) => Promise<object>,
): Response {
  const gone = new AbortController()
  const encoder = new TextEncoder()
  const stream = new ReadableStream<Uint8Array>({
    async start(controller) {
      const send = (event: string, data: object) => {
        if (gone.signal.aborted) return
        controller.enqueue(encoder.encode(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`))
      }
      const signal = AbortSignal.any([requestSignal, gone.signal])
      const progress = (step: ToolProgress) => send('progress', step)
      const write = (text: string) => send('text', { text })
      send('run', { runId })
      try {
        send('result', await run({ signal, progress, write }))
      } catch (error) {
        send('error', errorBody(toAppError(error)))
      }
      if (!gone.signal.aborted) controller.close()
    },
    cancel: (reason) => gone.abort(reason),
  })
  return new Response(stream, { headers: HEADERS })
}
