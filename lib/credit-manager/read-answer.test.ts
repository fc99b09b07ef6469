import { describe, expect, test, vi } from 'vitest'
import { readAnswer } from './read-answer'

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

describe('an answer at once', () => {
  test.each([200, 402])('is its JSON, with the status %i', async (status) => {
    const answer = await readAnswer(Response.json({ newBalance: 3 }, { status }))
    expect(answer).toEqual({ ok: status === 200, status, body: { newBalance: 3 } })
  })

  test('that is no JSON is an error', async () => {
    await expect(readAnswer(new Response('<html>', { status: 502 }))).rejects.toThrow()
  })
})

describe('an answer in events', () => {
  test('tells of progress, then is the result', async () => {
    const onProgress = vi.fn()
    const answer = await readAnswer(
      stream(
        'event: progress\ndata: {"done":0,"total":2,"message":"one"}\n\n',
        'event: progress\ndata: {"done":1,"total":2,"message":"two"}\n\nevent: result\ndata: {"newBalance":3}\n\n',
      ),
      onProgress,
    )
    expect(onProgress.mock.calls.flat().map(({ message }) => message)).toEqual(['one', 'two'])
    expect(answer).toEqual({ ok: true, status: 200, body: { newBalance: 3 } })
  })

  test('may be cut anywhere, in a letter too', async () => {
    const bytes = new TextEncoder().encode('event: result\ndata: {"summary":"Straße – 港"}\n\n')
    const pieces = Array.from(bytes, (byte) => Uint8Array.of(byte))
    expect((await readAnswer(stream(...pieces))).body).toEqual({ summary: 'Straße – 港' })
  })

  test('may be an error', async () => {
    const answer = await readAnswer(
      stream('event: error\ndata: {"error":"tool_failed","message":"It failed."}\n\n'),
    )
    expect(answer).toMatchObject({ ok: false, body: { error: 'tool_failed' } })
  })

  test('passes over comments and progress it cannot read', async () => {
    const onProgress = vi.fn()
    await readAnswer(
      stream(': keep alive\n\nevent: progress\ndata: {"percent":50}\n\nevent: result\ndata: {}\n\n'),
      onProgress,
    )
    expect(onProgress).not.toHaveBeenCalled()
  })

  test('that breaks off before its result is an error', async () => {
    await expect(
      readAnswer(stream('event: progress\ndata: {"done":0,"total":1,"message":"x"}\n\n')),
    ).rejects.toThrow('The stream ended without a result.')
  })
})
