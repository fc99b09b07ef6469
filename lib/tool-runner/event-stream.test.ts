import { beforeEach, expect, test, vi } from 'vitest'
import { ApiCallError, type RunProgress, readReply } from '@/lib/http/api-client'
import { BadRequestError } from '@/lib/http/errors'
import { logger } from '@/lib/logger'
import { answerAsStream, wantsStream } from './event-stream'

beforeEach(() => {
  const said = vi.spyOn(logger, 'error').mockImplementation(() => undefined)
  return () => said.mockRestore()
})

const never = new AbortController().signal

/** Reads a stream as the browser's part of this app does. */
async function follow(response: Response) {
  const steps: RunProgress[] = []
  try {
    const body = await readReply(
      async () => response,
      (step) => steps.push(step),
    )
    return { ok: true, body, steps }
  } catch (error) {
    if (!(error instanceof ApiCallError)) throw error
    const { code, message, details } = error
    return { ok: false, body: { error: code, message, ...details }, steps }
  }
}

test('a client asks for a stream by what it accepts', () => {
  const accepts = (accept?: string) =>
    wantsStream(new Request('http://localhost', { headers: accept ? { accept } : {} }))
  expect(accepts('text/event-stream')).toBe(true)
  expect(accepts('application/json, text/event-stream;q=0.9')).toBe(true)
  expect(accepts('application/json')).toBe(false)
  expect(accepts()).toBe(false)
})

test('a run is followed by its progress and ends with its result', async () => {
  const response = answerAsStream({ requestSignal: never, runId: 9 }, async ({ progress }) => {
    progress({ done: 0, total: 2, message: 'first' })
    progress({ done: 1, total: 2, message: 'a line\nbreak' })
    return { summary: 'done\n\nevent: error\ndata: {}' }
  })
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
  expect(response.headers.get('cache-control')).toContain('no-store')
  expect(await follow(response)).toEqual({
    ok: true,
    body: { summary: 'done\n\nevent: error\ndata: {}' },
    steps: [
      { done: 0, total: 2, message: 'first' },
      { done: 1, total: 2, message: 'a line\nbreak' },
    ],
  })
})

test('progress arrives while the run goes on', async () => {
  const { promise: finish, resolve } = Promise.withResolvers<void>()
  const response = answerAsStream({ requestSignal: never, runId: 9 }, async ({ progress }) => {
    progress({ done: 1, total: 2, message: 'halfway' })
    await finish
    return {}
  })
  const onProgress = vi.fn()
  const answer = readReply(async () => response, onProgress)
  await vi.waitFor(() => expect(onProgress).toHaveBeenCalledOnce())
  resolve()
  expect(await answer).toEqual({})
})

test('a run that fails ends with its error, in the shape of all errors', async () => {
  const response = answerAsStream({ requestSignal: never, runId: 9 }, async () => {
    throw new BadRequestError('That is no picture.', { fields: [] })
  })
  expect(await follow(response)).toMatchObject({
    ok: false,
    body: { error: 'bad_request', message: 'That is no picture.', fields: [] },
  })
})

test('an error of ours is not told to strangers', async () => {
  const response = answerAsStream({ requestSignal: never, runId: 9 }, async () => {
    throw new Error('password of the database')
  })
  const { body } = await follow(response)
  expect(body).toMatchObject({ error: 'internal_error' })
  expect(JSON.stringify(body)).not.toContain('password')
})

test('a client that goes away aborts the run, which may still talk to nobody', async () => {
  const ended = Promise.withResolvers<unknown>()
  const response = answerAsStream({ requestSignal: never, runId: 9 }, async ({ signal, progress }) => {
    progress({ done: 0, total: 1, message: 'started' })
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
    progress({ done: 1, total: 1, message: 'to nobody' })
    ended.resolve(signal.reason)
    throw new Error('aborted')
  })
  const reader = response.body?.getReader()
  await reader?.read()
  await reader?.cancel('gone')
  expect(await ended.promise).toBe('gone')
})

test('a request that is aborted aborts the run', async () => {
  const request = new AbortController()
  const response = answerAsStream({ requestSignal: request.signal, runId: 9 }, async ({ signal }) => {
    request.abort()
    return { aborted: signal.aborted }
  })
  expect(await follow(response)).toMatchObject({ body: { aborted: true } })
})
