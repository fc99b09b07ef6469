import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { POST as receive } from '../../app/api/stripe/webhook/route.ts'
import { createCheckout } from '../../lib/payments/checkout/create-checkout.ts'
import { fetchInvoice } from '../../lib/payments/checkout/fetch-invoice.ts'
import { findPurchase } from '../../lib/payments/checkout/find-purchase.ts'
import { nameOfProvider, paymentProvider, providerNames, providerOf } from '../../lib/payments/index.ts'
import { reconcile } from '../../lib/payments/reconciliation/reconcile.ts'
import { previewRefund, refundPayment } from '../../lib/payments/refunds/refund-payment.ts'
import { openPortal } from '../../lib/payments/subscriptions/open-portal.ts'
import { serveHttp } from '../../packages/dev-stack/http-server.ts'
import { startStripeSandbox } from '../../packages/dev-stack/stripe/index.ts'
import { makeTemporaryDirectory } from '../../packages/dev-stack/temporary-directory.ts'
import { openApp } from './app.ts'
import { askSandbox } from './ask-sandbox.ts'
import type { Engine } from './engine.ts'
import { sellThroughStripe } from './stripe-events.ts'
import { testProject } from './test-project.ts'

// Before anything is imported: new checkouts go to Stripe, and DodoPayments keeps its keys.
vi.hoisted(() => {
  process.env.PAYMENT_PROVIDER = 'stripe'
  process.env.DODO_PAYMENTS_BASE_URL = 'http://127.0.0.1:1'
  process.env.STRIPE_SECRET_KEY = 'sk_test_sandbox'
  process.env.STRIPE_WEBHOOK_SECRET = 'whsec_a_secret_for_the_tests'
})
// Work after an answer needs a request of Next.js around it; nothing is mailed here.
vi.mock('next/server', () => ({ after: vi.fn() }))
vi.mock('../../lib/supabase/server.ts', () => import('./admin-reads.ts'))

type User = { id: string; internal: string }

let app: Engine
let sandboxUrl: string
let user: User
const stack = new AsyncDisposableStack()

/** The product without its pages: database, Data API, the webhook's route, and the Stripe sandbox. */
beforeAll(async () => {
  app = stack.adopt(await openApp(), (opened) => opened.close())
  await sellThroughStripe(app)
  const directory = stack.adopt(await makeTemporaryDirectory(), (made) => made.remove()).path
  const endpoint = stack.adopt(await serveHttp({ port: 0, fetch: receive }), (server) => server.close())
  const sandbox = await startStripeSandbox({
    directory,
    port: 0,
    secretKey: process.env.STRIPE_SECRET_KEY ?? '',
    webhookSecret: process.env.STRIPE_WEBHOOK_SECRET ?? '',
    webhookUrl: endpoint.url,
    products: testProject.products,
    retrySchedule: [0, 50, 50],
    settlementDelay: 10,
  })
  stack.defer(() => sandbox.close())
  sandboxUrl = sandbox.url
  process.env.STRIPE_BASE_URL = sandbox.url
})
afterAll(async () => {
  await app.expectSoundLedger()
  await stack.disposeAsync()
})
beforeEach(async () => {
  user = { id: await app.createUser(), internal: 'test' }
})

function ask<Result>(path: string, body?: object): Promise<Result> {
  return askSandbox(sandboxUrl, path, { body })
}
const settle = () => ask('/sandbox/idle?timeout=15000')

/** Buys the package pro; gives where the buyer is led back to. */
async function buy(card = '4242424242424242'): Promise<URL> {
  const { checkoutUrl } = await createCheckout({ user, packageId: 'pro' })
  const body = new URLSearchParams({ number: card, expiry: '06/32', cvc: '123' })
  const paid = await fetch(checkoutUrl, { method: 'POST', body, redirect: 'manual' })
  return new URL(paid.headers.get('location') ?? checkoutUrl)
}
async function payment() {
  const [row] = await app.owner<{ id: string; provider_payment_id: string; status: string }[]>`
    select id, provider_payment_id, status from payments where user_id = ${user.id}`
  return { id: row?.id ?? '', provider_payment_id: row?.provider_payment_id ?? '', status: row?.status }
}
const balance = async () => (await app.wallet(user.id)).balance
const refund = async (amount?: number) =>
  refundPayment({
    paymentId: (await payment()).id,
    ...(amount && { amount }),
    reason: 'Asked for by the buyer',
    actorId: await app.createAdmin(),
    idempotencyKey: crypto.randomUUID(),
  })
/** From now on no webhook comes, until `act` is done. */
async function withoutWebhooks(act: () => Promise<unknown>): Promise<void> {
  await ask('/sandbox/faults', { hold: 10_000 })
  try {
    await act()
  } finally {
    await ask('/sandbox/faults', { hold: 0 })
  }
}

test('a package is bought: the webhook grants its credits, and the buyer comes back to the purchase', async () => {
  expect(paymentProvider.id).toBe('stripe')
  const back = await buy()
  await settle()
  expect(await balance()).toBe(500)
  expect(back.searchParams.get('provider')).toBe('stripe')
  const sessionId = back.searchParams.get('session_id')
  const named = { provider: 'stripe', paymentId: null, sessionId, subscriptionId: null }
  expect(await findPurchase(user.id, named)).toMatchObject({ state: 'succeeded', credits: 500, price: 3999 })
  const other = await app.createUser()
  expect(await findPurchase(other, named)).toBeNull()
})

test('who was declined and then paid comes back to a purchase, never to a failure', async () => {
  await withoutWebhooks(async () => {
    const { checkoutUrl } = await createCheckout({ user, packageId: 'pro' })
    const pay = (number: string) => {
      const body = new URLSearchParams({ number, expiry: '06/32', cvc: '123' })
      return fetch(checkoutUrl, { method: 'POST', body, redirect: 'manual' })
    }
    await pay('4000000000000002')
    await ask('/sandbox/release', {})
    await settle()
    expect(await payment()).toMatchObject({ status: 'pending' })
    const paid = await pay('4242424242424242')
    const sessionId = new URL(paid.headers.get('location') ?? '').searchParams.get('session_id')
    const named = { provider: 'stripe', paymentId: null, sessionId, subscriptionId: null }
    expect(await findPurchase(user.id, named)).toMatchObject({ state: 'waiting' })
    await ask('/sandbox/release', {})
    await settle()
    expect(await findPurchase(user.id, named)).toMatchObject({ state: 'succeeded', credits: 500 })
  })
})

test('every delivery again, many times at once, grants nothing more', async () => {
  await buy()
  await settle()
  const { provider_payment_id } = await payment()
  const { items } = await ask<{ items: { id: string; object: { id: string } }[] }>('/sandbox/deliveries')
  for (const { id } of items.filter(({ object }) => object.id === provider_payment_id)) {
    await ask(`/sandbox/deliveries/${id}/resend`, { times: 5 })
    await ask(`/sandbox/deliveries/${id}/resend`, { times: 3, asNew: true })
  }
  await settle()
  expect(await app.ledger(user.id)).toEqual(['purchase 500'])
})

test('a part and then the rest is refunded, each once, and the credits are taken back', async () => {
  await buy()
  await settle()
  expect(await previewRefund((await payment()).id, 1000)).toMatchObject({ creditsTaken: 125 })
  expect(await refund(1000)).toMatchObject({ status: 'succeeded', replayed: false })
  await settle()
  expect(await balance()).toBe(375)
  await refund()
  await settle()
  expect(await balance()).toBe(0)
  await expect(refund()).rejects.toMatchObject({ code: 'not_refundable' })
})

test('reconciliation finds what never came from Stripe, though DodoPayments does not answer', async () => {
  const since = new Date(Date.now() - 60_000)
  await withoutWebhooks(async () => {
    await buy()
    const until = new Date(Date.now() + 60_000)
    const compare = () => reconcile({ since, until }).catch(({ code }) => code)
    expect(await compare()).toBe('reconciliation_incomplete')
    expect(await balance()).toBe(500)
    await ask(`/sandbox/payments/${(await payment()).provider_payment_id}/refund`, { amount: 1000 })
    await compare()
    expect(await balance()).toBe(375)
    await compare()
    const reports = await app.owner<{ differences: { kind: string; repaired: boolean; note: string }[] }[]>`
      select differences from reconciliations order by id desc limit 1`
    expect(reports[0]?.differences).toEqual([
      expect.objectContaining({
        kind: 'unfinished',
        note: expect.stringContaining('DodoPayments broke off'),
      }),
    ])
  })
})

test('the invoice is the one of Stripe, and the portal opens there', async () => {
  await buy()
  await settle()
  const { pdf } = await fetchInvoice((await payment()).id)
  expect((await new Response(pdf).text()).slice(0, 5)).toBe('%PDF-')
  expect(await openPortal(user)).toMatch(sandboxUrl)
})

test('both providers stay known beside the one of new checkouts', () => {
  expect(providerNames('conjunction')).toBe('DodoPayments and Stripe')
  expect(providerOf('dodopayments').name).toBe('DodoPayments')
  expect(nameOfProvider('stripe')).toBe('Stripe')
})

/** Another product that sells through the same account of Stripe. */
async function openOtherShop() {
  const { default: Stripe } = await import('stripe')
  const { hostname, port } = new URL(sandboxUrl)
  const others = new Stripe('sk_test_sandbox', { host: hostname, port, protocol: 'http', telemetry: false })
  const { id: customer } = await others.customers.create({ email: 'else@example.com' })
  const price = { currency: 'usd', unit_amount: 100, product: 'pdt_pro' }
  /** Somebody buys there, and gets the money back. */
  async function sell(recurring: boolean): Promise<string[]> {
    const price_data = recurring ? { ...price, recurring: { interval: 'month' as const } } : price
    const { url, id } = await others.checkout.sessions.create({
      mode: recurring ? 'subscription' : 'payment',
      customer,
      line_items: [{ quantity: 1, price_data }],
      success_url: 'http://localhost:3000/elsewhere',
    })
    const body = new URLSearchParams({ number: '4242424242424242', expiry: '06/32', cvc: '123' })
    await fetch(url ?? '', { method: 'POST', body, redirect: 'manual' })
    const [paid] = (await others.paymentIntents.list({ limit: 1 })).data
    await others.refunds.create({ payment_intent: paid?.id ?? '' })
    await settle()
    const { subscription } = await others.checkout.sessions.retrieve(id)
    const ids = [paid?.id, id, subscription].map(String)
    const events = await app.owner<{ type: string; status: string }[]>`
      select type, status from payment_events where provider_ids && ${ids} order by type, received_at`
    return events.map(({ type, status }) => `${type} ${status}`)
  }
  return { sell }
}

test('what another product sells through the same account is kept and acknowledged', async () => {
  const { sell } = await openOtherShop()
  expect(await sell(false)).toEqual([
    'charge.refunded ignored',
    'checkout.session.completed ignored',
    'payment_intent.succeeded ignored',
    'refund.created ignored',
  ])
  expect(await sell(true)).toEqual([
    'charge.refunded ignored',
    'checkout.session.completed ignored',
    'customer.subscription.created ignored',
    'customer.subscription.updated ignored',
    'invoice.paid ignored',
    'payment_intent.succeeded ignored',
    'refund.created ignored',
  ])
})

test('the card of a plan is known once it has paid, and another one once it was put on file', async () => {
  const pay = (url: string, number: string) =>
    fetch(url, {
      method: 'POST',
      body: new URLSearchParams({ number, expiry: '06/32', cvc: '123' }),
      redirect: 'manual',
    })
  const card = async () => {
    const rows = await app.owner`
      select provider_subscription_id as id, card_brand as brand, card_last_four as last_four
      from subscriptions where user_id = ${user.id}`
    return rows[0]
  }
  await pay((await createCheckout({ user, packageId: 'pro-monthly' })).checkoutUrl, '4242424242424242')
  await settle()
  expect(await card()).toMatchObject({ brand: 'visa', last_four: '4242' })
  const url = await openPortal(user)
  await pay(`${url}/subscriptions/${(await card())?.id}/card`, '5555555555554444')
  await settle()
  expect(await card()).toMatchObject({ brand: 'mastercard', last_four: '4444' })
})
