import { describe, expect, test, vi } from 'vitest'
import { logger } from '@/lib/logger'
import { handleRoute } from './error-response'
import { readText } from './read-body'
import { readForm } from './read-form'

const MAX_BYTES = 4_000_000
const CHUNK_BYTES = 16_384

const read = (body: BodyInit, headers: Record<string, string> = {}) =>
  readForm(new Request('http://localhost/api', { method: 'POST', body, headers }), MAX_BYTES)

function part(name: string, value: string, more = ''): string {
  return `--x\r\ncontent-disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`
}

const raw = (body: string) => read(body, { 'content-type': 'multipart/form-data; boundary=x' })

/** Sends a body in chunks, without a length, and tells how much of it was read and whether it was canceled. */
async function send(body: string, maxBytes = MAX_BYTES) {
  const bytes = new TextEncoder().encode(body)
  let read = 0
  let canceled = false
  const stream = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      if (read >= bytes.length) return controller.close()
      controller.enqueue(bytes.slice(read, read + CHUNK_BYTES))
      read += CHUNK_BYTES
    },
    cancel: () => {
      canceled = true
    },
  })
  const headers = { 'content-type': 'multipart/form-data; boundary=x' }
  const init = { method: 'POST', body: stream, headers, duplex: 'half' }
  const route = handleRoute(async (request) => Response.json(await readForm(request, maxBytes)))
  const response = await route(new Request('http://localhost/api', init))
  return { status: response.status, read, canceled }
}

describe('a form', () => {
  test('has a field that occurs once as its value, several times as a list, files included', async () => {
    const form = new FormData()
    form.append('format', 'png')
    form.append('tag', 'a')
    form.append('tag', 'b')
    form.append('quoted "name"', 'é')
    form.append('image', new File(['x'.repeat(200_000)], 'ä "1".png', { type: 'image/png' }))
    form.append('empty', new File([], ''))
    const fields = await read(form)
    expect(fields).toMatchObject({ format: 'png', tag: ['a', 'b'], 'quoted "name"': 'é' })
    const { image, empty } = fields
    expect(image).toBeInstanceOf(File)
    expect(image).toMatchObject({ name: 'ä "1".png', type: 'image/png', size: 200_000 })
    expect(empty).toMatchObject({ name: '', size: 0 })
  })

  test('with a field named __proto__ changes no prototype', async () => {
    const fields = await raw(`${part('__proto__', 'a')}${part('constructor', 'b')}--x--`)
    expect(Object.entries(fields)).toEqual([
      ['__proto__', 'a'],
      ['constructor', 'b'],
    ])
    expect(Object.getPrototypeOf(fields)).toBe(Object.prototype)
  })

  test.each([
    ['is empty', ''],
    ['does not end', part('a', 'b')],
    ['ends within a file', part('a', 'b', '; filename="c"').trimEnd()],
    ['has a part without a name', '--x\r\ncontent-disposition: form-data\r\n\r\na\r\n--x--'],
    ['has a broken header', '--x\r\n: b\r\n\r\na\r\n--x--'],
    ['has a long name', `${part('n'.repeat(1_025), 'a')}--x--`],
    ['has a file with a long name', `${part('n', 'a', `; filename="${'n'.repeat(1_025)}"`)}--x--`],
    ['has a long value', `${part('a', 'v'.repeat(131_073))}--x--`],
    ['has too many parts', `${part('a', 'b').repeat(101)}--x--`],
  ])('that %s is a 400', async (_, body) => {
    await expect(raw(body)).rejects.toMatchObject({ status: 400 })
  })

  test('of as many parts as are taken is read', async () => {
    expect((await raw(`${part('a', 'b').repeat(100)}--x--`)).a).toHaveLength(100)
  })

  test('without a boundary is a 400, of another type a 415', async () => {
    await expect(read('a', { 'content-type': 'multipart/form-data' })).rejects.toMatchObject({ status: 400 })
    await expect(read('a', { 'content-type': 'text/plain' })).rejects.toMatchObject({ status: 415 })
  })
})

describe('a hostile form is not read on once it is refused:', () => {
  const many = (write: (index: number) => string) =>
    Array.from({ length: 16_000 }, (_, i) => write(i)).join('')

  test.each([
    ['distinct names', many((i) => part(`n${i}`, ''))],
    ['one name', many(() => part('n', ''))],
    ['files', many((i) => part(`n${i}`, '', '; filename="f"'))],
    ['parts that are no fields', many(() => '--x\r\ncontent-type: text/plain\r\n\r\n\r\n')],
  ])('16,000 %s', async (_, body) => {
    const { status, read, canceled } = await send(`${body}--x--`)
    expect(status).toBe(400)
    expect(canceled).toBe(true)
    // A hundred parts fit into the first chunk; one or two more are buffered by the stream.
    expect(read).toBeLessThanOrEqual(3 * CHUNK_BYTES)
  })

  test('a header without an end', async () => {
    const { status, read, canceled } = await send(`--x\r\na: ${'v'.repeat(2_000_000)}`)
    expect({ status, canceled }).toEqual({ status: 400, canceled: true })
    expect(read).toBeLessThanOrEqual(4 * CHUNK_BYTES)
  })

  test.each([
    ['value', part('a', 'v'.repeat(2_000_000))],
    ['file', part('a', 'v'.repeat(2_000_000), '; filename="f"')],
  ])('a %s past the bound, without a declared length', async (_, body) => {
    const { status, read, canceled } = await send(body, 100_000)
    expect({ status, canceled }).toEqual({ status: 413, canceled: true })
    expect(read).toBeLessThan(100_000 + 4 * CHUNK_BYTES)
  })
})

test('an upload that its client drops is answered to nobody, and no error in the log', async () => {
  const logged = vi.spyOn(logger, 'error').mockImplementation(() => {})
  for (const read of [readForm, readText]) {
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.error(new Error('aborted')),
    })
    const headers = { 'content-type': 'multipart/form-data; boundary=x' }
    const init = { method: 'POST', body, headers, duplex: 'half' }
    const route = handleRoute(async (request) => Response.json(await read(request, MAX_BYTES)))
    expect((await route(new Request('http://localhost/api', init))).status).toBe(499)
  }
  expect(logged).not.toHaveBeenCalled()
})
