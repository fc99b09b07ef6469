import { EventSourceParserStream } from 'eventsource-parser/stream'
import { z } from 'zod'

/** How far a run has come. */
export type RunProgress = { done: number; total: number; message: string }

/** What a run tells while it goes on: its id, and the next piece of its text. */
export type RunEvent = { type: 'run'; runId: number } | { type: 'text'; text: string }

const UNREACHED = 'The server could not be reached. Check your connection and try again.'
const UNEXPECTED = 'Something went wrong. Please try again.'

/** What a platform or a proxy in front of the app means, which answers with a page of its own. */
const MEANINGS: Record<number, string> = {
  413: 'This is too large for the server. Send less at once.',
  429: 'Too many requests. Wait a minute, then try again.',
  502: 'The server is not available right now. Try again in a moment.',
  503: 'The server is not available right now. Try again in a moment.',
  504: 'The server took too long to answer. Try again in a moment.',
}

const runEvents = {
  run: z.object({ runId: z.int() }).transform(({ runId }) => ({ type: 'run' as const, runId })),
  text: z.object({ text: z.string() }).transform(({ text }) => ({ type: 'text' as const, text })),
}
export const runProgress = z.object({ done: z.number(), total: z.number(), message: z.string() })
const errorBody = z.looseObject({ error: z.string(), message: z.string() })
/** What a route that was not made by a wrapper of ours may answer: one text, in either field. */
const bareBody = z.union([z.object({ error: z.string() }), z.object({ message: z.string() })])

/** What such an answer means to programs. */
const CODES: Record<number, string> = {
  400: 'bad_request',
  401: 'unauthorized',
  402: 'insufficient_credits',
  403: 'forbidden',
  404: 'not_found',
  429: 'rate_limited',
  500: 'internal_error',
}

/**
 * Why a call of an API of ours failed. `message` is a sentence for people, `code` is stable for programs, `details` are
 * the other fields of the answer. `status` 0 is the network: nobody knows whether the call arrived.
 */
export class ApiCallError extends Error {
  readonly code: string
  readonly status: number
  readonly details: Record<string, unknown>

  constructor(code: string, status: number, message: string, details: Record<string, unknown> = {}) {
    super(message)
    this.name = 'ApiCallError'
    this.code = code
    this.status = status
    this.details = details
  }
}

type Options<Reply> = {
  /** What is sent as JSON; FormData as it is. Without a body the call is a GET, with one a POST unless `method` says. */
  body?: object
  method?: 'POST' | 'PATCH'
  /** Sent besides; a browser's page needs none. */
  headers?: Record<string, string>
  /** Sent as `Idempotency-Key`, for routes that take it so. */
  idempotencyKey?: string
  /** Validates the answer; what does not fit is an `unexpected_answer`. */
  reply: z.ZodType<Reply>
  /** Told how far a run has come; asks the route for a stream of events. */
  onProgress?: (progress: RunProgress) => void
  signal?: AbortSignal
}

/** The one way to call an API of ours: from the browser by its path, from elsewhere by its address. @throws ApiCallError */
export async function callApi<Reply>(path: string, { reply, ...options }: Options<Reply>): Promise<Reply> {
  const body = await readReply(() => fetch(path, toRequest(options)), options.onProgress)
  const read = reply.safeParse(body)
  if (read.success) return read.data
  throw new ApiCallError('unexpected_answer', 200, UNEXPECTED)
}

/**
 * Sends a request and reads its answer to the end: the status first, then the body.
 * @param onProgress told how far a run has come, when the answer is a stream of events
 * @param onEvent told what else the run says meanwhile
 * @throws ApiCallError for every refusal, for an unreadable answer, and when the network fails
 */
export async function readReply(
  send: () => Promise<Response>,
  onProgress?: (progress: RunProgress) => void,
  onEvent?: (event: RunEvent) => void,
): Promise<unknown> {
  try {
    const response = await send()
    if (response.headers.get('content-type')?.startsWith('text/event-stream') && response.body) {
      return await readStream(response.body, onProgress, onEvent)
    }
    if (!response.ok) throw toApiCallError(response.status, await readJsonBody(response))
    return await readJson(response)
  } catch (cause) {
    if (cause instanceof ApiCallError) throw cause
    throw toNetworkError(cause)
  }
}

async function readStream(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  onProgress?: (progress: RunProgress) => void,
  onEvent?: (event: RunEvent) => void,
): Promise<unknown> {
  const events = body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream())
  const reader = events.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) throw new Error('The stream ended without a result.')
    const data: unknown = JSON.parse(value.data)
    if (value.event === 'result') return data
    if (value.event === 'error') throw toApiCallError(500, data)
    if (value.event === 'run' || value.event === 'text') {
      const event = runEvents[value.event].safeParse(data)
      if (event.success) onEvent?.(event.data)
      continue
    }
    const progress = runProgress.safeParse(data)
    if (progress.success) onProgress?.(progress.data)
  }
}

/** The body of an answer. @throws ApiCallError when it is no JSON, as a page of a proxy; what fetch throws when it breaks off */
async function readJson(response: Response): Promise<unknown> {
  const text = await response.text()
  try {
    return JSON.parse(text)
  } catch {
    throw new ApiCallError('unexpected_answer', response.status, UNEXPECTED)
  }
}

/** The body of a refusal; undefined when it is not JSON. */
async function readJsonBody(response: Response): Promise<unknown> {
  return response.json().catch(() => undefined)
}

function toNetworkError(cause: unknown): ApiCallError {
  return Object.assign(new ApiCallError('network_error', 0, UNREACHED), { cause })
}

function toApiCallError(status: number, body: unknown): ApiCallError {
  const refused = errorBody.safeParse(body)
  if (!refused.success) return toBareError(status, body)
  const { error, message, ...details } = refused.data
  return new ApiCallError(error, status, message, details)
}

function toBareError(status: number, body: unknown): ApiCallError {
  const bare = bareBody.safeParse(body)
  const code = CODES[status]
  if (!bare.success || !code)
    return new ApiCallError('unexpected_answer', status, MEANINGS[status] ?? UNEXPECTED)
  return new ApiCallError(code, status, 'error' in bare.data ? bare.data.error : bare.data.message)
}

/** What `fetch` sends for a call: JSON, a form by POST, else a GET. */
export function toRequest({
  body,
  method = 'POST',
  headers: given,
  idempotencyKey,
  onProgress,
  signal,
}: Omit<Options<unknown>, 'reply'>): RequestInit {
  const headers = {
    ...given,
    ...(onProgress && { accept: 'text/event-stream' }),
    ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
  }
  if (!body) return { headers, signal }
  if (body instanceof FormData) return { method, headers, body, signal }
  return {
    method,
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal,
  }
}

/** The sentence for people about a failed call. Anything but an ApiCallError is a fault of ours. */
export function describeError(error: unknown): string {
  return error instanceof ApiCallError ? error.message : UNEXPECTED
}

/** Fetches a file from an API of ours. @throws ApiCallError */
export async function fetchFile(path: string): Promise<{ blob: Blob; name: string | undefined }> {
  const response = await fetch(path).catch((cause: unknown) => {
    throw toNetworkError(cause)
  })
  if (!response.ok) throw toApiCallError(response.status, await readJsonBody(response))
  const [, name] = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '') ?? []
  return { blob: await response.blob(), name }
}
