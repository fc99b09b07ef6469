import { expect } from 'vitest'
import { createCheckout } from '../../lib/payments/checkout/create-checkout.ts'
import { serveHttp } from '../../packages/dev-stack/http-server.ts'
import { makeTemporaryDirectory } from '../../packages/dev-stack/temporary-directory.ts'
import { openApp } from './app.ts'
import { askSandbox } from './ask-sandbox.ts'

/** More events than any story makes. */
const ALL = 10_000

type Started = { url: string; close(): Promise<void> }
type Kind = 'payment' | 'subscription' | 'dispute'
type Delivery = { id: string; object: { kind: Kind; id: string } }

/** What differs between the sandboxes of two providers. */
export type ProviderFace = {
  /** The route of its webhooks. */
  receive(request: Request): Promise<Response>
  /** Starts its sandbox, and tells the app where it is. */
  start(options: { directory: string; webhookUrl: string }): Promise<Started>
  /** How a bank decides a dispute, as its control takes it. */
  decide(status: 'won' | 'lost'): object
  /** A delivery that nobody signed with the key. */
  forge(): { headers: Record<string, string>; body: string }
}

export type Buyer = { id: string; email: string; internal: string }
export type ProviderShop = Awaited<ReturnType<typeof openProviderShop>>

/** The test cards that both sandboxes know. */
export const CARDS = {
  good: '4242424242424242',
  declined: '4000000000000002',
  failsLater: '4000000000000341',
  slow: '4000000000000077',
}

/** The product without its pages: database, Data API, the route of webhooks, and the sandbox of one provider. */
export async function openProviderShop(face: ProviderFace) {
  await using undo = new AsyncDisposableStack()
  const app = undo.adopt(await openApp(), (opened) => opened.close())
  const directory = undo.adopt(await makeTemporaryDirectory(), (made) => made.remove()).path
  const endpoint = undo.adopt(await serveHttp({ port: 0, fetch: face.receive }), (server) => server.close())
  const sandbox = await face.start({ directory, webhookUrl: endpoint.url })
  undo.defer(() => sandbox.close())

  function ask<Result>(path: string, body?: object): Promise<Result> {
    return askSandbox(sandbox.url, path, { body })
  }
  const settle = () => ask('/sandbox/idle?timeout=15000')
  const deliveries = async () => (await ask<{ items: Delivery[] }>('/sandbox/deliveries')).items

  /** What the provider told of last. */
  async function latest(kind: Kind): Promise<string> {
    const found = (await deliveries()).findLast(({ object }) => object.kind === kind)
    return found?.object.id ?? ''
  }
  /** Periods are told apart by the second they begin in. */
  async function nextSecond(): Promise<void> {
    const begun = Math.floor(Date.now() / 1000)
    const second = () => Math.floor(Date.now() / 1000)
    await expect.poll(second).toBeGreaterThan(begun)
  }

  async function pay(checkoutUrl: string, card: string): Promise<void> {
    const body = new URLSearchParams({ number: card, expiry: '06/32', cvc: '123' })
    await fetch(checkoutUrl, { method: 'POST', body, redirect: 'manual' })
  }
  async function buy(user: Buyer, packageId: string, card = CARDS.good): Promise<string> {
    const { checkoutUrl } = await createCheckout({ user, packageId })
    await pay(checkoutUrl, card)
    return checkoutUrl
  }

  const running = undo.move()
  return {
    ...app,
    latest,
    nextSecond,
    pay,
    buy,
    settle,
    /** Waits until the webhooks that are on their way were answered. */
    async bought(user: Buyer, packageId: string, card?: string): Promise<string> {
      await buy(user, packageId, card)
      await settle()
      return latest('payment')
    },
    async subscribed(user: Buyer, packageId = 'pro-monthly', card?: string): Promise<string> {
      await buy(user, packageId, card)
      await settle()
      await nextSecond()
      return latest('subscription')
    },
    async createBuyer(): Promise<Buyer> {
      const id = await app.createUser()
      return { id, email: `${id}@example.com`, internal: 'test' }
    },

    /** Its period ends now. */
    renew: (id: string, outcome?: 'succeeded' | 'past_due' | 'on_hold') =>
      ask(`/sandbox/subscriptions/${id}/renew`, { outcome }),
    cancelNow: (id: string) => ask(`/sandbox/subscriptions/${id}/cancel`, {}),
    /** Refunds a payment in the dashboard, past us. */
    refund: (id: string, amount?: number) => ask(`/sandbox/payments/${id}/refund`, { amount }),
    dispute: (id: string) => ask(`/sandbox/payments/${id}/dispute`, {}),
    decide: (id: string, status: 'won' | 'lost') => ask(`/sandbox/disputes/${id}`, face.decide(status)),

    /** Each of the webhooks that follow is sent twice at once. */
    doubleWebhooks: () => ask('/sandbox/faults', { duplicate: ALL }),
    /** From now on no webhook comes, until they are found. */
    loseWebhooks: () => ask('/sandbox/faults', { hold: ALL }),
    /** Those that were lost come after all, the last first. */
    async findWebhooks(): Promise<void> {
      await ask('/sandbox/faults', { hold: 0, duplicate: 0 })
      await ask('/sandbox/release', { reverse: true })
      await settle()
    },
    /** Sends what nobody signed with the key; gives the status of the answer. */
    async forge(): Promise<number> {
      return (await fetch(endpoint.url, { method: 'POST', ...face.forge() })).status
    },
    close: () => running.disposeAsync(),
  }
}
