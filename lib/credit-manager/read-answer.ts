import { EventSourceParserStream } from 'eventsource-parser/stream'
import { z } from 'zod'

/** How far a run has come. */
export type RunProgress = { done: number; total: number; message: string }

const runProgress = z.object({ done: z.number(), total: z.number(), message: z.string() })

/** What a call came to, whether it was answered at once or as a stream of events. */
export type CallResult = { ok: boolean; status: number; body: unknown }

/**
 * Reads an answer to its end, telling of progress on the way when it is a stream.
 * @throws when the connection breaks before the answer is complete
 */
export async function readAnswer(
  response: Response,
  onProgress?: (progress: RunProgress) => void,
): Promise<CallResult> {
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream')
  if (!isStream || !response.body) {
    return { ok: response.ok, status: response.status, body: await response.json() }
  }
  const events = response.body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream())
  const reader = events.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) throw new Error('The stream ended without a result.')
    const data: unknown = JSON.parse(value.data)
    if (value.event === 'result') return { ok: true, status: response.status, body: data }
    if (value.event === 'error') return { ok: false, status: 500, body: data }
    const progress = runProgress.safeParse(data)
    if (progress.success) onProgress?.(progress.data)
  }
}
