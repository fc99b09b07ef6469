import DodoPayments from 'dodopayments'
import { serveHttp } from '../http-server.ts'
import { makeTemporaryDirectory } from '../temporary-directory.ts'
import { startDodoSandbox } from './index.ts'
import type { Delivery, SandboxOptions, SandboxProduct } from './types.ts'

const API_KEY = 'test_key'
export const WEBHOOK_KEY = `whsec_${Buffer.from('a webhook key for the tests').toString('base64')}`

const product = (id: string, name: string, price: number, interval?: 'month' | 'year'): SandboxProduct => ({
  name,
  description: `${name} credits`,
  price,
  currency: 'USD',
  productId: id,
  interval,
})

const PRODUCTS = [
  product('pdt_starter', 'Starter', 999),
  product('pdt_pro', 'Pro', 3999),
  product('pdt_monthly', 'Plus', 1900, 'month'),
  product('pdt_monthly_more', 'Max', 4900, 'month'),
  product('pdt_yearly', 'Plus, yearly', 19_000, 'year'),
]

/** The test cards that tests pay with. */
export const CARDS = {
  success: '4242424242424242',
  declined: '4000000000000002',
  failsOnRenewal: '4000000000000341',
  slow: '4000000000000077',
  cancelled: '4000000000000085',
}

export type ReceivedWebhook = { id: string; type: string; data: Record<string, unknown> }
type Respond = (attempt: number) => Response | Promise<Response>

/** A sandbox, the real SDK, and a merchant that verifies every delivery with it; all gone after `close`. */
export async function startFixture(overrides: Partial<SandboxOptions> = {}) {
  const directory = await makeTemporaryDirectory()
  const received: ReceivedWebhook[] = []
  let respond: Respond = () => new Response('ok')
  const merchant = await serveHttp({ port: 0, fetch: receive })
  async function receive(request: Request): Promise<Response> {
    const body = await request.text()
    const headers = Object.fromEntries(request.headers)
    const event: ReceivedWebhook = {
      id: headers['webhook-id'] ?? '',
      ...parse(client.webhooks.unwrap(body, { headers })),
    }
    received.push(event)
    return respond(received.length)
  }
  const options: SandboxOptions = {
    directory: directory.path,
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
    async control<Result>(method: string, pathname: string, body?: unknown): Promise<Result> {
      const headers = { 'content-type': 'application/json' }
      const response = await fetch(sandbox.url + pathname, { method, headers, body: JSON.stringify(body) })
      return response.json()
    },
    /** A subscription, paid with the card; its events have arrived and are forgotten. */
    async subscribe(
      number: string = CARDS.success,
      body: Partial<DodoPayments.CheckoutSessionCreateParams> = {},
    ): Promise<string> {
      const cart = [{ product_id: 'pdt_monthly', quantity: 1 }]
      const session = await this.createCheckout({ product_cart: cart, ...body })
      await this.pay(session.url, number)
      await this.idle()
      received.length = 0
      const { items } = await client.subscriptions.list({ page_size: 1 })
      return items[0]?.subscription_id ?? ''
    },
    /** The types of what arrived since the last call, in order. */
    async events(): Promise<string[]> {
      await this.idle()
      return received.splice(0).map(({ type }) => type)
    },
    async deliveries() {
      const { items } = await this.control<{ items: Delivery[] }>('GET', '/sandbox/deliveries')
      return items
    },
    async idle() {
      const { idle } = await this.control<{ idle: boolean }>('GET', '/sandbox/idle?timeout=15000')
      if (!idle) throw new Error('Deliveries are still pending.')
    },
    async close() {
      await sandbox.close()
      await merchant.close()
      await directory.remove()
    },
  }
}

export type Fixture = Awaited<ReturnType<typeof startFixture>>

const clientFor = (baseURL: string) =>
  new DodoPayments({ baseURL, bearerToken: API_KEY, webhookKey: WEBHOOK_KEY, maxRetries: 0 })

function parse(event: unknown): Omit<ReceivedWebhook, 'id'> {
  return JSON.parse(JSON.stringify(event))
}
