import Stripe from 'stripe'
import { serveHttp } from '../http-server.ts'
import { makeTemporaryDirectory } from '../temporary-directory.ts'
import { startStripeSandbox } from './index.ts'

const SECRET_KEY = 'sk_test_sandbox'
const WEBHOOK_SECRET = 'whsec_a_secret_for_the_tests'

/** The test cards that tests pay with. */
export const CARDS = {
  success: '4242424242424242',
  declined: '4000000000000002',
  poor: '4000000000009995',
  asks: '4000002500003155',
  slow: '4000000000000077',
}

/** A sandbox, the unmodified SDK, and a merchant that verifies every delivery with it; all gone after `close`. */
export async function startFixture() {
  await using undo = new AsyncDisposableStack()
  const directory = undo.adopt(await makeTemporaryDirectory(), (made) => made.remove())
  const received: Stripe.Event[] = []
  const verifier = new Stripe(SECRET_KEY)
  const merchant = undo.adopt(
    await serveHttp({
      port: 0,
      fetch: async (request) => {
        const signature = request.headers.get('stripe-signature') ?? ''
        received.push(verifier.webhooks.constructEvent(await request.text(), signature, WEBHOOK_SECRET))
        return new Response('ok')
      },
    }),
    (server) => server.close(),
  )
  const sandbox = undo.adopt(
    await startStripeSandbox({
      directory: directory.path,
      port: 0,
      secretKey: SECRET_KEY,
      webhookSecret: WEBHOOK_SECRET,
      webhookUrl: merchant.url,
      products: [{ productId: 'prod_pro', name: 'Pro', description: 'For regular work.' }],
      retrySchedule: [0, 20, 20],
      settlementDelay: 10,
    }),
    (started) => started.close(),
  )
  const { hostname, port } = new URL(sandbox.url)
  const connect = (key: string) =>
    new Stripe(key, { host: hostname, port, protocol: 'http', maxNetworkRetries: 0, telemetry: false })
  const client = connect(SECRET_KEY)

  async function post(url: string, fields: Record<string, string>): Promise<Response> {
    return fetch(url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' })
  }

  const running = undo.move()
  return {
    client,
    connect,
    url: sandbox.url,
    post,
    /** A checkout of one product, as the app opens it. */
    async createCheckout() {
      const customer = await client.customers.create({ email: 'buyer@example.com', name: 'Buyer' })
      return client.checkout.sessions.create({
        mode: 'payment',
        customer: customer.id,
        line_items: [
          { quantity: 1, price_data: { currency: 'usd', unit_amount: 3999, product: 'prod_pro' } },
        ],
        metadata: { package_id: 'pro' },
        payment_intent_data: { metadata: { package_id: 'pro' } },
        invoice_creation: { enabled: true },
        success_url: 'http://localhost:3000/done?session_id={CHECKOUT_SESSION_ID}',
        cancel_url: 'http://localhost:3000/back',
      })
    },
    pay: (session: Stripe.Checkout.Session, number = CARDS.success) =>
      post(session.url ?? '', { number, expiry: '06/32', cvc: '123' }),
    /** What arrived since the last call, in order, once nothing is on its way. */
    async events(): Promise<Stripe.Event[]> {
      const answer = await fetch(`${sandbox.url}/sandbox/idle?timeout=4000`)
      if (!answer.ok) throw new Error('Deliveries are still pending.')
      return received.splice(0)
    },
    close: () => running.disposeAsync(),
  }
}

export type Fixture = Awaited<ReturnType<typeof startFixture>>
