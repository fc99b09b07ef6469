import { randomBytes } from 'node:crypto'
import { request } from 'node:http'
import type { Page } from '@playwright/test'
import sharp from 'sharp'
import { expect, test } from './fixtures.ts'
import { callApi } from './support/call-api.ts'
import { stackEnv } from './support/environment.ts'
import { readLedger } from './support/ledger.ts'
import { cookieHeader } from './support/session-cookie.ts'

// #region image-converter
/** Large enough that converting takes a moment, small enough that four of them may be sent. */
const SIDE = 1200
// #endregion

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

// #region image-converter
type Asked = { format?: 'png' | 'avif'; accept?: string }

/** Asks for images of noise to be converted, as the session of a browser, and reads nothing of the answer. */
async function askAndNeverRead(page: Page, count: number, { format = 'png', ...headers }: Asked = {}) {
  const form = new FormData()
  for (let index = 0; index < count; index++) form.append('images', new File([await noise()], `${index}.png`))
  form.set('format', format)
  const encoded = new Request('http://localhost', { method: 'POST', body: form })
  const asked = request(new URL('/api/tools/image-converter', stackEnv('APP_URL')), {
    method: 'POST',
    headers: {
      ...headers,
      'content-type': encoded.headers.get('content-type') ?? '',
      cookie: await cookieHeader(page.context()),
    },
  })
  asked.on('response', (answer) => answer.pause())
  asked.on('error', () => {})
  asked.end(Buffer.from(await encoded.arrayBuffer()))
  return asked
}

function noise(): Promise<Buffer<ArrayBuffer>> {
  const raw = { width: SIDE, height: SIDE, channels: 3 } as const
  return sharp(randomBytes(SIDE * SIDE * 3), { raw })
    .png()
    .toBuffer()
}

test('who asks for a large answer and never reads it has paid for it', async ({ userPage, user, sql }) => {
  // Once the buffers on its way are full, the server cannot send any more of it.
  const asked = await askAndNeverRead(userPage, 2)
  const holds = () => sql`select status from credit_holds where user_id = ${user.id}`
  await expect.poll(async () => [...(await holds())], { timeout: 30_000 }).toEqual([{ status: 'settled' }])
  asked.destroy()
})

for (const accept of ['text/event-stream', 'application/json']) {
  test(`who goes away while a run answers as ${accept} gets the credits back`, async ({
    userPage,
    user,
    sql,
  }) => {
    const asked = await askAndNeverRead(userPage, 4, { format: 'avif', accept })
    const holds = () => sql`select status, amount::int from credit_holds where user_id = ${user.id}`
    await expect
      .poll(async () => [...(await holds())], { intervals: [20] })
      .toMatchObject([{ status: 'open' }])
    asked.destroy()
    await expect.poll(async () => [...(await holds())]).toEqual([{ status: 'released', amount: 4 }])
    expect(await readLedger(sql, user.id)).toEqual({
      balance: 100,
      rows: ['signup_bonus 100', 'deduction -4', 'refund 4'],
    })
  })
}
// #endregion
