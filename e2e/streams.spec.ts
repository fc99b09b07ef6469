import { randomBytes } from 'node:crypto'
import { request } from 'node:http'
import sharp from 'sharp'
import { expect, test } from './fixtures.ts'
import { callApi } from './support/call-api.ts'
import { stackEnv } from './support/environment.ts'

test('a stream is for its caller alone, and nothing on its way may hold it back', async ({ userPage }) => {
  const { status, headers } = await callApi(
    userPage,
    '/api/example-protected',
    { text: 'The harbour opened in 1887. It made the town rich.', complexity: 'low' },
    { accept: 'text/event-stream' },
  )
  expect(status).toBe(200)
  expect(headers['content-type']).toContain('text/event-stream')
  expect(headers['cache-control']).toBe('private, no-store, no-transform')
  expect(headers['content-encoding']).toBeUndefined()
})

test('who asks for a large answer and never reads it has paid for it', async ({ userPage, user, sql }) => {
  const side = 1500
  const noise = await sharp(randomBytes(side * side * 3), { raw: { width: side, height: side, channels: 3 } })
    .png()
    .toBuffer()
  const form = new FormData()
  form.set('images', new File([noise], 'noise.png', { type: 'image/png' }))
  form.set('format', 'png')
  const encoded = new Request('http://localhost', { method: 'POST', body: form })
  const cookies = await userPage.context().cookies()
  const asked = request(new URL('/api/tools/image-converter', stackEnv('APP_URL')), {
    method: 'POST',
    headers: {
      'content-type': encoded.headers.get('content-type') ?? '',
      cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; '),
    },
  })
  // Nobody listens to the answer: once the buffers on its way are full, the server cannot send any more of it.
  asked.on('response', (answer) => answer.pause())
  asked.end(Buffer.from(await encoded.arrayBuffer()))
  const holds = () => sql`select status from credit_holds where user_id = ${user.id}`
  await expect.poll(async () => [...(await holds())], { timeout: 30_000 }).toEqual([{ status: 'settled' }])
  asked.destroy()
})
