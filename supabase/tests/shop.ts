import { expect, vi } from 'vitest'
import { POST as receive } from '../../app/api/dodopayments/webhook/route.ts'
import { createCheckout } from '../../lib/payments/checkout/create-checkout.ts'
import { startDodoSandbox } from '../../packages/dev-stack/dodopayments/index.ts'
import { serveHttp } from '../../packages/dev-stack/http-server.ts'
import { makeTemporaryDirectory } from '../../packages/dev-stack/temporary-directory.ts'
import { openApp } from './app.ts'
import { askSandbox } from './ask-sandbox.ts'
import { testProject } from './test-project.ts'

const GOOD_CARD = '4242424242424242'
/** More events than any test makes. */
const ALL = 10_000

export type Shop = Awaited<ReturnType<typeof openShop>>
/** Answers a request of ours in the place of DodoPayments. */
type Intercept = (request: Request) => Promise<Response | undefined> | Response | undefined
type Buyer = { id: string; email: string; internal: string }

/** The product without its pages: database, Data API, the route of webhooks, and the DodoPayments sandbox. */
export async function openShop() {
  await using undo = new AsyncDisposableStack()
  const app = undo.adopt(await openApp(), (opened) => opened.close())
  const directory = undo.adopt(await makeTemporaryDirectory(), (made) => made.remove()).path
  const endpoint = undo.adopt(await serveHttp({ port: 0, fetch: receive }), (server) => server.close())
  const sandbox = undo.adopt(
    await startDodoSandbox({
      port: 0,
      directory,
      apiKey: process.env.DODO_PAYMENTS_API_KEY ?? '',
      webhookKey: process.env.DODO_PAYMENTS_WEBHOOK_KEY ?? '',
      webhookUrl: endpoint.url,
      products: testProject.products,
      retrySchedule: [0, 50, 50],
      settlementDelay: 10,
    }),
    (started) => started.close(),
  )
  let intercept: Intercept = () => undefined
  const between = undo.adopt(
    await serveHttp({
      port: 0,
      fetch: async (request) => (await intercept(request)) ?? forward(request, sandbox.url),
    }),
    (server) => server.close(),
  )
  process.env.DODO_PAYMENTS_BASE_URL = between.url

  /** Asks the sandbox past whatever intercepts; with a body, tells it to do something. */
  function ask<Result>(path: string, body?: object): Promise<Result> {
    const headers = { authorization: `Bearer ${process.env.DODO_PAYMENTS_API_KEY}` }
    return askSandbox(sandbox.url, path, { body, headers })
  }

  async function buy(user: Buyer, packageId: string, card = GOOD_CARD): Promise<URL> {
    const { checkoutUrl } = await createCheckout({ user, packageId })
    const body = new URLSearchParams({ number: card, expiry: '06/32', cvc: '123' })
    const paid = await fetch(checkoutUrl, { method: 'POST', body, redirect: 'manual' })
    return new URL(paid.headers.get('location') ?? checkoutUrl)
  }

  const running = undo.move()
  return {
    ...app,
    ask,
    sandboxUrl: sandbox.url,

    async createBuyer({ balance = 0 } = {}): Promise<Buyer> {
      const id = await app.createUser({ balance })
      return { id, email: `${id}@example.com`, internal: 'test' }
    },
    /** Buys something once; gives the id of the payment. */
    async purchase(user: Buyer, packageId = 'pro', card?: string): Promise<string> {
      return (await buy(user, packageId, card)).searchParams.get('payment_id') ?? ''
    },
    /** Gives the id of the subscription. */
    async subscribe(user: Buyer, packageId = 'pro-monthly'): Promise<string> {
      return (await buy(user, packageId)).searchParams.get('subscription_id') ?? ''
    },

    /** From now on this answers what we ask DodoPayments; undefined lets it answer itself. */
    interceptWith(next: Intercept): void {
      intercept = next
    },

    /** From now on no webhook comes, until they are let go. */
    loseWebhooks: () => ask('/sandbox/faults', { hold: ALL }),
    /** Those that were lost come after all, the last first. */
    async findWebhooks(): Promise<void> {
      await ask('/sandbox/faults', { hold: 0 })
      await ask('/sandbox/release', { reverse: true })
      await ask('/sandbox/idle?timeout=15000')
    },
    /** Waits for the webhooks that are on their way. */
    settle: () => ask('/sandbox/idle?timeout=15000'),

    /** Refunds a payment in the dashboard, past us, and waits until the money went. */
    async refund(paymentId: string, input: { amount?: number } = {}): Promise<string> {
      const { refund_id } = await ask<{ refund_id: string }>(`/sandbox/payments/${paymentId}/refund`, input)
      await vi.waitFor(async () => {
        expect(await ask(`/refunds/${refund_id}`)).toMatchObject({ status: 'succeeded' })
      }, 15_000)
      return refund_id
    },

    async credits(userId: string): Promise<{ balance: number; debt: number }> {
      const [wallet] = await app.owner<{ balance: number; debt: number }[]>`
        select balance::int, debt::int from credits where user_id = ${userId} and credit_type = 'general'`
      return wallet ?? { balance: 0, debt: 0 }
    },
    close: () => running.disposeAsync(),
  }
}

async function forward(request: Request, target: string): Promise<Response> {
  const { pathname, search } = new URL(request.url)
  const body = request.method === 'GET' ? undefined : await request.text()
  return fetch(target + pathname + search, { method: request.method, headers: request.headers, body })
}
