import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createAdaptorServer } from '@hono/node-server'
import DodoPayments from 'dodopayments'
import { startDodoSandbox } from './index.ts'
import type { Delivery, SandboxOptions } from './types.ts'

const API_KEY = 'test_key'
export const WEBHOOK_KEY = `whsec_${Buffer.from('a webhook key for the tests').toString('base64')}`

const PRODUCTS = [
  { name: 'Starter', description: '100 credits', price: 999, currency: 'USD', dodoProductId: 'pdt_starter' },
  { name: 'Pro', description: '500 credits', price: 3999, currency: 'USD', dodoProductId: 'pdt_pro' },
]

export type ReceivedWebhook = { id: string; type: string; data: { payment_id: string; status: string } }
type Respond = (attempt: number) => Response | Promise<Response>

/** A sandbox, the real SDK, and a merchant that verifies every delivery with it; all gone after `close`. */
export async function startFixture(overrides: Partial<SandboxOptions> = {}) {
  const directory = await mkdtemp(path.join(tmpdir(), 'dodo-'))
  const received: ReceivedWebhook[] = []
  let respond: Respond = () => new Response('ok')
  const merchant = await listen(async (request) => {
    const body = await request.text()
    const headers = Object.fromEntries(request.headers)
    const event: ReceivedWebhook = {
      id: headers['webhook-id'] ?? '',
      ...parse(client.webhooks.unwrap(body, { headers })),
    }
    received.push(event)
    return respond(received.length)
  })
  const options: SandboxOptions = {
    directory,
    port: 0,
    apiKey: API_KEY,
    webhookKey: WEBHOOK_KEY,
    webhookUrl: `${merchant.url}/hook`,
    products: PRODUCTS,
    retrySchedule: [0, 20, 20],
    deliveryTimeout: 2_000,
    settlementDelay: 50,
    ...overrides,
  }
  let sandbox = await startDodoSandbox(options)
  let client = clientFor(sandbox.url)

  return {
    get client() {
      return client
    },
    get url() {
      return sandbox.url
    },
    received,
    answerWith(next: Respond) {
      respond = next
    },
    async restart() {
      await sandbox.close()
      sandbox = await startDodoSandbox(options)
      client = clientFor(sandbox.url)
    },
    async createCheckout(body: Partial<DodoPayments.CheckoutSessionCreateParams> = {}) {
      const session = await client.checkoutSessions.create({
        product_cart: [{ product_id: 'pdt_pro', quantity: 1 }],
        customer: { email: 'buyer@example.com', name: 'Buyer' },
        return_url: 'http://localhost:3000/payment-success',
        ...body,
      })
      return { id: session.session_id, url: session.checkout_url ?? '' }
    },
    pay: (url: string, number: string, fields: Record<string, string> = {}) =>
      fetch(url, {
        method: 'POST',
        redirect: 'manual',
        body: new URLSearchParams({ number, expiry: '06/32', cvc: '123', ...fields }),
      }),
    async control<Answer>(method: string, pathname: string, body?: unknown): Promise<Answer> {
      const headers = { 'content-type': 'application/json' }
      const response = await fetch(sandbox.url + pathname, { method, headers, body: JSON.stringify(body) })
      return response.json()
    },
    async deliveries() {
      const { items } = await this.control<{ items: Delivery[] }>('GET', '/sandbox/deliveries')
      return items
    },
    async idle() {
      const { idle } = await this.control<{ idle: boolean }>('GET', '/sandbox/idle?timeout=4000')
      if (!idle) throw new Error('Deliveries are still pending.')
    },
    async close() {
      await sandbox.close()
      await merchant.close()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

export type Fixture = Awaited<ReturnType<typeof startFixture>>

const clientFor = (baseURL: string) =>
  new DodoPayments({ baseURL, bearerToken: API_KEY, webhookKey: WEBHOOK_KEY, maxRetries: 0 })

function parse(event: unknown): Omit<ReceivedWebhook, 'id'> {
  return JSON.parse(JSON.stringify(event))
}

async function listen(fetch: (request: Request) => Promise<Response>) {
  const server = createAdaptorServer({ fetch, overrideGlobalObjects: false })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  const close = () =>
    new Promise((resolve) => {
      server.close(resolve)
      if ('closeAllConnections' in server) server.closeAllConnections()
    })
  return { url: `http://127.0.0.1:${port}`, close }
}
