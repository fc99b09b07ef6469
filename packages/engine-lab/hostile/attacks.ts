import { randomBytes, randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import sharp from 'sharp'
import type { Caller } from './caller.ts'

/** One hostile request, or a burst of them. What it answers is counted by its status; a broken connection is none. */
export type Attack = (caller: Caller, signal: AbortSignal) => Promise<void>

const ABANDON_AFTER_MS = 300
const SIDE = 7_000
const TEXT = 'The harbour opened in 1887. It made the town rich.'

const image = sharp({ create: { width: SIDE, height: SIDE, channels: 3, background: 'black' } })
  .png({ compressionLevel: 9 })
  .toBuffer()
  .then((png) => new File([new Uint8Array(png)], 'large.png'))

async function imageForm(): Promise<FormData> {
  const form = new FormData()
  form.append('images', await image)
  form.set('format', 'avif')
  return form
}

/** Encoded once: making it takes the storm longer than refusing it takes the server. */
const crowdedForm = (async () => {
  const form = new FormData()
  for (let index = 0; index < 16_000; index++) form.append(`field ${index}`, 'x')
  const encoded = new Response(form)
  const type = encoded.headers.get('content-type') ?? ''
  return { body: new Uint8Array(await encoded.arrayBuffer()), headers: { 'content-type': type } }
})()

/** Requests that `fetch` would not send. */
function sendRaw(url: string, head: string): Promise<number | null> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () => socket.write(head))
    socket.setTimeout(10_000, () => socket.destroy())
    socket.once('data', (data) => {
      resolve(Number(/^HTTP\/1\.1 (\d+)/.exec(data.toString('latin1'))?.[1]) || null)
      socket.destroy()
    })
    socket.once('error', () => resolve(null))
    socket.once('close', () => resolve(null))
  })
}

/** Everything that strangers and customers have been seen to try, by name. */
export const ATTACKS: Record<string, Attack> = {
  'a form of 16,000 fields': async (caller) => {
    const { body, headers } = await crowdedForm
    await caller.post('/api/tools/image-converter', body, { headers })
  },
  'large images to AVIF': async (caller, signal) =>
    caller.post('/api/tools/image-converter', await imageForm(), { signal }),
  'large images, abandoned': async (caller) =>
    caller.post('/api/tools/image-converter', await imageForm(), {
      signal: AbortSignal.timeout(ABANDON_AFTER_MS),
    }),
  'runs without credits': (caller) =>
    caller.post('/api/example-protected', { text: TEXT, complexity: 'high' }),
  'runs, abandoned at once': (caller) =>
    caller.post('/api/example-protected', { text: TEXT.repeat(100) }, { signal: AbortSignal.timeout(5) }),
  'JSON that nests without end': (caller) =>
    caller.post('/api/example-protected', Buffer.from('['.repeat(100_000))),
  'JSON larger than the bound': (caller) => caller.post('/api/example-protected', randomBytes(2_000_000)),
  'cursors and dates there are not': async (caller) => {
    for (const query of [
      'cursor=x',
      'cursor=99999999999999999999',
      'from=0000-01-01',
      'to=9999-12-31T23:59:59%2B23:59',
      'limit=1.5',
      'type=%00',
    ]) {
      await caller.get(`/api/credits/transactions?${query}`)
    }
  },
  'paths that cannot be decoded': async (caller) => {
    for (const path of ['/%', '/api/%E0%A4%A', '/tools/%ff', '/api/credits/transactions/%'])
      await caller.get(path)
  },
  'methods nobody serves': async (caller) => {
    const { app } = caller
    for (const method of ['TRACE', 'FOO', 'DELETE']) {
      caller.count(
        await sendRaw(app, `${method} /api/credits HTTP/1.1\r\nhost: ${new URL(app).host}\r\n\r\n`),
      )
    }
  },
  'checkouts, again and again': (caller) =>
    caller.post('/api/dodopayments/checkout', { packageId: 'starter' }),
  'forged events of the provider': (caller) =>
    caller.post(
      '/api/dodopayments/webhook',
      { type: 'payment.succeeded', data: { payment_id: randomUUID() } },
      {
        headers: {
          'webhook-id': randomUUID(),
          'webhook-timestamp': String(Math.floor(Date.now() / 1000)),
          'webhook-signature': `v1,${randomBytes(32).toString('base64')}`,
        },
      },
    ),
  'made-up sessions': (caller) =>
    caller.get('/dashboard', {
      headers: { cookie: `sb-localhost-auth-token=base64-${randomBytes(900).toString('base64url')}` },
    }),
  'jobs without their secret': (caller) =>
    caller.post('/api/cron/send-mails', {}, { headers: { authorization: `Bearer ${randomUUID()}` } }),
  'admin routes by a user': (caller) =>
    caller.post('/api/admin/credits', { userId: randomUUID(), amount: 1_000_000, reason: 'Because' }),
  'server actions with nonsense': (caller) =>
    caller.post('/login', Buffer.from('[{"a":1},"$K1",null]'), {
      headers: { 'next-action': randomBytes(21).toString('hex'), 'content-type': 'text/plain;charset=UTF-8' },
    }),
  'headers that never end': async (caller) => {
    const { hostname, port } = new URL(caller.app)
    const socket = connect(Number(port), hostname, () => socket.write('GET / HTTP/1.1\r\nx: '))
    socket.on('error', () => undefined)
    await delay(1_000)
    socket.destroy()
  },
}
