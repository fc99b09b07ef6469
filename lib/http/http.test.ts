import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { handleRoute } from './error-response'
import { ConflictError, NotFoundError } from './errors'
import { readJson } from './read-body'

const schema = z.strictObject({ amount: z.int() })
const route = handleRoute(async (request) => Response.json(await readJson(request, schema, { maxBytes: 64 })))

function post(body: BodyInit, headers: Record<string, string> = { 'content-type': 'application/json' }) {
  const init = { method: 'POST', body, headers, duplex: 'half' }
  return route(new Request('http://localhost/api', init))
}

describe('a JSON body', () => {
  test('that fits is handed on', async () => {
    const response = await post('{"amount":5}', { 'content-type': 'application/json; charset=utf-8' })
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ amount: 5 })
  })

  test.each([
    ['is not JSON', '{"amount":', 400, 'bad_request'],
    ['is empty', '', 400, 'bad_request'],
    ['has a wrong type', '{"amount":"5"}', 400, 'bad_request'],
    ['has a fraction', '{"amount":0.5}', 400, 'bad_request'],
    ['has a field too many', '{"amount":5,"price":1}', 400, 'bad_request'],
    [
      'is larger than the route takes',
      JSON.stringify({ amount: 5, pad: 'x'.repeat(64) }),
      413,
      'payload_too_large',
    ],
  ])('that %s is refused', async (_, body, status, code) => {
    const response = await post(body)
    expect(response.status).toBe(status)
    const answer = await response.json()
    expect(answer.error).toBe(code)
    expect(answer.message).toMatch(/\w.*\.$|✖/)
  })

  test.each([String.raw`\u0000`, String.raw`\ud800`])('with %s in a text is refused', async (escaped) => {
    const echo = handleRoute(async (request) =>
      Response.json(await readJson(request, z.object({ a: z.string() }))),
    )
    const init = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: `{"a":"x${escaped}"}`,
    }
    const response = await echo(new Request('http://localhost/api', init))
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ fields: [{ path: 'a', message: expect.any(String) }] })
  })

  test('that is not UTF-8 is refused', async () => {
    expect((await post(new Uint8Array([0x22, 0xff, 0x22]))).status).toBe(400)
  })

  test('that streams past the bound is refused although it declares no length', async () => {
    let left = 1_000
    const long = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        if (left-- > 0) controller.enqueue(new TextEncoder().encode('x'.repeat(50)))
        else controller.close()
      },
    })
    expect((await post(long)).status).toBe(413)
    // It was not read to its end.
    expect(left).toBeGreaterThan(900)
  })

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', ''])(
    'sent as "%s" is refused',
    async (type) => {
      const response = await post('{"amount":5}', type ? { 'content-type': type } : {})
      expect(response.status).toBe(415)
    },
  )
})

describe('an error in a route', () => {
  const answer = (error: unknown) =>
    handleRoute(async () => Promise.reject(error))(new Request('http://localhost'))

  test('that is ours answers with its status, code and sentence', async () => {
    const response = await answer(new ConflictError('That is taken.', 'taken'))
    expect(response.status).toBe(409)
    expect(await response.json()).toEqual({ error: 'taken', message: 'That is taken.' })
    expect((await answer(new NotFoundError())).status).toBe(404)
  })

  test('that is not ours leaks nothing', async () => {
    const response = await answer(new Error('password=hunter2 at 10.0.0.1'))
    expect(response.status).toBe(500)
    expect(await response.text()).not.toContain('hunter2')
  })
})
