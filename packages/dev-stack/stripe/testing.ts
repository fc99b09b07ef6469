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
  failsOnRenewal: '4000000000000341',
}

/** What a plan costs each month and each year, in minor units. */
export const MONTHLY = {
  currency: 'usd',
  unit_amount: 2900,
  product: 'prod_monthly',
  recurring: { interval: 'month' },
} as const
export const YEARLY = {
  currency: 'usd',
  unit_amount: 29_000,
  product: 'prod_yearly',
  recurring: { interval: 'year' },
} as const

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
      products: [
        { productId: 'prod_pro', name: 'Pro', description: 'For regular work.' },
        { productId: 'prod_monthly', name: 'Plus', description: 'Every month.' },
        { productId: 'prod_yearly', name: 'Plus, yearly', description: 'Every year.' },
      ],
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

  const createCustomer = () => client.customers.create({ email: 'buyer@example.com', name: 'Buyer' })
  const urls = {
    success_url: 'http://localhost:3000/done?session_id={CHECKOUT_SESSION_ID}',
    cancel_url: 'http://localhost:3000/back',
  }
  const pay = (session: Stripe.Checkout.Session, number = CARDS.success) =>
    post(session.url ?? '', { number, expiry: '06/32', cvc: '123' })

  /** What arrived since the last call, in order, once nothing is on its way. */
  async function events(): Promise<Stripe.Event[]> {
    const answer = await fetch(`${sandbox.url}/sandbox/idle?timeout=15000`)
    if (!answer.ok) throw new Error('Deliveries are still pending.')
    return received.splice(0)
  }

  /** A checkout of a plan, as the app opens it. */
  async function createPlanCheckout(
    terms: { trial_period_days?: number } = {},
  ): Promise<Stripe.Checkout.Session> {
    const metadata = { package_id: 'pro-monthly' }
    return client.checkout.sessions.create({
      mode: 'subscription',
      customer: (await createCustomer()).id,
      line_items: [{ quantity: 1, price_data: MONTHLY }],
      metadata,
      subscription_data: { metadata, ...terms },
      ...urls,
    })
  }

  const running = undo.move()
  return {
    client,
    connect,
    url: sandbox.url,
    post,
    events,
    pay,
    createPlanCheckout,
    /** A checkout of one product, as the app opens it. */
    async createCheckout() {
      return client.checkout.sessions.create({
        mode: 'payment',
        customer: (await createCustomer()).id,
        line_items: [
          { quantity: 1, price_data: { currency: 'usd', unit_amount: 3999, product: 'prod_pro' } },
        ],
        metadata: { package_id: 'pro' },
        payment_intent_data: { metadata: { package_id: 'pro' } },
        invoice_creation: { enabled: true },
        ...urls,
      })
    },
    /** A plan that is paid; gives the id of the subscription. */
    async subscribe(card?: string): Promise<string> {
      const session = await createPlanCheckout()
      await pay(session, card)
      await events()
      const { subscription } = await client.checkout.sessions.retrieve(session.id)
      return String(subscription)
    },
    close: () => running.disposeAsync(),
  }
}

export type Fixture = Awaited<ReturnType<typeof startFixture>>
