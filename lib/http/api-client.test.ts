import { describe, expect, test, vi } from 'vitest'
import { ApiCallError, readReply } from './api-client'

/** An event stream that arrives in the given pieces. */
function stream(...pieces: (string | Uint8Array<ArrayBuffer>)[]): Response {
  const encoder = new TextEncoder()
  const body = new ReadableStream({
    start(controller) {
      for (const piece of pieces)
        controller.enqueue(typeof piece === 'string' ? encoder.encode(piece) : piece)
      controller.close()
    },
  })
  return new Response(body, { headers: { 'content-type': 'text/event-stream; charset=utf-8' } })
}

const read = (response: Response, onProgress?: Parameters<typeof readReply>[1]) =>
  readReply(async () => response, onProgress)

describe('an answer at once', () => {
  test('is its JSON', async () => {
    expect(await read(Response.json({ newBalance: 3 }))).toEqual({ newBalance: 3 })
  })

  test('that refuses is an error with code, status, sentence and details', async () => {
    const body = { error: 'insufficient_credits', message: 'Not enough.', currentBalance: 3 }
    await expect(read(Response.json(body, { status: 402 }))).rejects.toMatchObject({
      ...{ code: 'insufficient_credits', status: 402, message: 'Not enough.' },
      details: { currentBalance: 3 },
    })
  })

  test.each([
    [413, /too large/],
    [502, /not available/],
    [504, /took too long/],
    [500, /Something went wrong/],
    [200, /Something went wrong/],
  ])(
    'of a proxy, which is no JSON, keeps its status and says what it means: %i',
    async (status, sentence) => {
      const answer = read(new Response('<html>', { status }))
      await expect(answer).rejects.toMatchObject({ code: 'unexpected_answer', status })
      await expect(answer).rejects.toThrow(sentence)
    },
  )

  test('that never comes is an error of the network', async () => {
    const answer = readReply(() => Promise.reject(new TypeError('fetch failed')))
    await expect(answer).rejects.toBeInstanceOf(ApiCallError)
    await expect(answer).rejects.toMatchObject({ code: 'network_error', status: 0 })
  })
})

describe('an answer in events', () => {
  test('tells of progress, then is the result', async () => {
    const onProgress = vi.fn()
    const answer = await read(
      stream(
        'event: progress\ndata: {"done":0,"total":2,"message":"one"}\n\n',
        'event: progress\ndata: {"done":1,"total":2,"message":"two"}\n\nevent: result\ndata: {"newBalance":3}\n\n',
      ),
      onProgress,
    )
    expect(onProgress.mock.calls.flat().map(({ message }) => message)).toEqual(['one', 'two'])
    expect(answer).toEqual({ newBalance: 3 })
  })

  test('may be cut anywhere, in a letter too', async () => {
    const bytes = new TextEncoder().encode('event: result\ndata: {"summary":"Straße – 港"}\n\n')
    const pieces = Array.from(bytes, (byte) => Uint8Array.of(byte))
    expect(await read(stream(...pieces))).toEqual({ summary: 'Straße – 港' })
  })

  test('may be an error', async () => {
    const answer = read(stream('event: error\ndata: {"error":"tool_failed","message":"It failed."}\n\n'))
    await expect(answer).rejects.toMatchObject({ code: 'tool_failed', message: 'It failed.' })
  })

  test('passes over comments and progress it cannot read', async () => {
    const onProgress = vi.fn()
    await read(
      stream(': keep alive\n\nevent: progress\ndata: {"percent":50}\n\nevent: result\ndata: {}\n\n'),
      onProgress,
    )
    expect(onProgress).not.toHaveBeenCalled()
  })

  test('that breaks off before its result is an error', async () => {
    await expect(
      read(stream('event: progress\ndata: {"done":0,"total":1,"message":"x"}\n\n')),
    ).rejects.toMatchObject({ code: 'network_error', status: 0 })
  })
})
