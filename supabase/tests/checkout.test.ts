import postgres, { type Sql } from 'postgres'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createCheckout } from '@/lib/payments/checkout/create-checkout'
import { moveCustomer } from '@/lib/payments/checkout/move-customer'
import { POST as receive } from '../../app/api/dodopayments/webhook/route.ts'
import { createTokens, startApi } from '../../packages/dev-stack/api/index.ts'
import { startDodoSandbox } from '../../packages/dev-stack/dodopayments/index.ts'
import { serveHttp } from '../../packages/dev-stack/http-server.ts'
import { loadKeys } from '../../packages/dev-stack/keys.ts'
import { createMailbox } from '../../packages/dev-stack/mailbox/index.ts'
import { makeTemporaryDirectory } from '../../packages/dev-stack/temporary-directory.ts'
import { PROJECT_DIRECTORY } from '../../scripts/paths.ts'
import { createDatabase } from './database.ts'
import { testProject } from './test-project.ts'

// Work after an answer needs a request of Next.js around it; nothing is mailed here.
vi.mock('next/server', () => ({ after: vi.fn() }))

const APP_URL = 'http://localhost:3000'
const PORT = { port: 0 }
let sql: Sql
let webhookUrl: string
let webhookKey: string
let sandboxUrl: string
let user: { id: string; email: string; internal: string }
const stack = new AsyncDisposableStack()

/** The product without its pages: database, Data API, webhook route and the DodoPayments sandbox. */
beforeAll(async () => {
  const directory = stack.adopt(await makeTemporaryDirectory(), (made) => made.remove()).path
  const database = stack.adopt(await createDatabase(), (copy) => copy.drop())
  sql = stack.adopt(postgres(database.ownerUrl, { onnotice: () => {} }), (client) => client.end())
  const keys = await loadKeys(directory)
  const api = await startApi({
    apiUrl: database.apiUrl,
    projectDirectory: PROJECT_DIRECTORY,
    keys,
    tokens: await createTokens(directory),
    mailbox: createMailbox(),
    siteUrl: APP_URL,
    publicUrl: 'http://127.0.0.1',
  })
  stack.defer(() => api.close())
  const gateway = stack.adopt(await serveHttp({ ...PORT, fetch: api.fetch }), (server) => server.close())
  const app = stack.adopt(await serveHttp({ ...PORT, fetch: receive }), (server) => server.close())
  webhookUrl = app.url
  webhookKey = keys.dodoWebhookKey
  const sandbox = await startDodoSandbox({
    ...PORT,
    directory,
    apiKey: keys.dodoApiKey,
    webhookKey,
    webhookUrl,
    products: testProject.products,
    retrySchedule: [0, 50, 50],
  })
  stack.defer(() => sandbox.close())
  sandboxUrl = sandbox.url
  Object.assign(process.env, {
    APP_URL,
    NEXT_PUBLIC_SUPABASE_URL: gateway.url,
    NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: keys.publishableKey,
    SUPABASE_SECRET_KEY: keys.secretKey,
    DODO_PAYMENTS_BASE_URL: sandboxUrl,
    DODO_PAYMENTS_API_KEY: keys.dodoApiKey,
    DODO_PAYMENTS_WEBHOOK_KEY: webhookKey,
    LOG_LEVEL: 'error',
  })
  const [row] = await sql<{ id: string; email: string }[]>`
    select id, email from profiles where email = 'user@example.test'`
  user = { id: '', email: '', ...row, internal: 'test' }
})
afterAll(() => stack.disposeAsync())

function pay(url: string, number = '4242424242424242') {
  const body = new URLSearchParams({ number, expiry: '06/32', cvc: '123' })
  return fetch(url, { method: 'POST', body, redirect: 'manual' })
}

async function settled() {
  const response = await fetch(`${sandboxUrl}/sandbox/idle?timeout=15000`)
  expect(response.status).toBe(200)
}

const paymentOf = async (id: string) => (await sql`select * from payments where id = ${id}`)[0]
const count = async (table: string) => Number((await sql`select count(*) from ${sql(table)}`)[0]?.count)
const balance = async () =>
  Number((await sql`select balance from credits where user_id = ${user.id}`)[0]?.balance)

test('a checkout is recorded as pending, with what it will grant, before it can be paid', async () => {
  const { checkoutUrl, paymentId } = await createCheckout({ user, packageId: 'pro' })
  const payment = await paymentOf(paymentId)
  expect(payment).toMatchObject({
    user_id: user.id,
    status: 'pending',
    credits: '500',
    amount: '3999',
    currency: 'USD',
  })
  expect(checkoutUrl).toBe(`${sandboxUrl}/session/${payment?.checkout_session_id}`)
  const page = await (await fetch(checkoutUrl)).text()
  for (const text of ['$39.99', user.email, `${APP_URL}/buy-credits?cancelled=1`])
    expect(page).toContain(text)
})

test('paying it grants the credits, and leads back with the payment in the address', async () => {
  const { checkoutUrl, paymentId } = await createCheckout({ user, packageId: 'pro' })
  const before = await balance()
  const location = new URL((await pay(checkoutUrl)).headers.get('location') ?? '')
  await settled()
  expect(await balance()).toBe(before + 500)
  const payment = await paymentOf(paymentId)
  expect(payment).toMatchObject({ status: 'succeeded', charged_amount: '3999', charged_currency: 'USD' })
  expect(location.pathname).toBe('/payment-success')
  expect(location.searchParams.get('payment_id')).toBe(payment?.provider_payment_id)
})

const customerOf = async (id: string) =>
  (await sql`select provider_customer_id as id, email from payment_customers where user_id = ${id}`)[0]

test('a customer is made once, and is told at the next checkout when the address of its user has changed', async () => {
  const before = await customerOf(user.id)
  for (const packageId of ['pro', 'starter']) await createCheckout({ user, packageId })
  expect(await customerOf(user.id)).toEqual(before)
  await sql`update auth.users set email = 'moved@example.test' where id = ${user.id}`
  const { checkoutUrl } = await createCheckout({ user, packageId: 'enterprise' })
  expect(await (await fetch(checkoutUrl)).text()).toContain('moved@example.test')
  expect(await customerOf(user.id)).toEqual({ ...before, email: 'moved@example.test' })
  await sql`update auth.users set email = ${user.email} where id = ${user.id}`
  await moveCustomer({ userId: user.id, customerId: before?.id, email: user.email })
  expect(await customerOf(user.id)).toEqual(before)
})

test('whoever signs up with an address that was given up can buy, as a customer of their own', async () => {
  const [newcomer] = await sql<{ id: string }[]>`select id from profiles where email = 'admin@example.test'`
  const newOwner = newcomer?.id ?? ''
  const before = await customerOf(user.id)
  await sql`update auth.users set email = 'gave-it-up@example.test' where id = ${user.id}`
  await sql`update auth.users set email = ${user.email} where id = ${newOwner}`
  const { checkoutUrl } = await createCheckout({ user: { id: newOwner, internal: 'test' }, packageId: 'pro' })
  expect(await (await fetch(checkoutUrl)).text()).toContain(user.email)
  expect(await customerOf(user.id)).toEqual({ id: before?.id, email: 'gave-it-up@example.test' })
  expect((await customerOf(newOwner))?.id).not.toBe(before?.id)
})

test('a customer that cannot follow its user stays theirs until an admin has moved it', async () => {
  const [someone] = await sql<{ id: string }[]>`
    insert into auth.users (id, email) values (gen_random_uuid(), 'conflict@example.test') returning id`
  const newOwner = { id: someone?.id ?? '', internal: 'test' }
  // At the provider, the address is the customer of `user`, and the one of `user` is somebody else's.
  const customer = await customerOf(user.id)
  const ask = (method: string, path: string, body: object) =>
    fetch(sandboxUrl + path, {
      method,
      headers: {
        authorization: `Bearer ${process.env.DODO_PAYMENTS_API_KEY}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(body),
    })
  const moved = await ask('PATCH', `/customers/${customer?.id}`, { email: 'conflict@example.test' })
  expect(moved.status).toBe(200)
  await ask('POST', '/customers', { email: 'gave-it-up@example.test', name: 'Somebody else' })
  const refused = await createCheckout({ user: newOwner, packageId: 'pro' }).catch((error) => error)
  expect(refused).toMatchObject({ code: 'customer_taken', status: 409, details: {} })
  const [audit] = await sql`
    select details from audit_logs where target_user_id = ${newOwner.id} and outcome = 'failure'`
  expect(audit?.details).toMatchObject({ holder_id: user.id, customer_id: customer?.id })

  const [admin] = await sql<{ id: string }[]>`select user_id as id from user_roles`
  await moveCustomer({
    userId: user.id,
    customerId: customer?.id,
    email: 'gave-it-up+billing@example.test',
    by: { actorId: admin?.id ?? '', reason: 'Two customers have the addresses crossed' },
  })
  const { checkoutUrl } = await createCheckout({ user: newOwner, packageId: 'pro' })
  expect(await (await fetch(checkoutUrl)).text()).toContain('conflict@example.test')
  await sql`update auth.users set email = 'admin@example.test' where email = ${user.email}`
  await sql`update auth.users set email = ${user.email} where id = ${user.id}`
})

test('a declined card grants nothing and leaves the reason', async () => {
  const { checkoutUrl, paymentId } = await createCheckout({ user, packageId: 'pro' })
  const before = await balance()
  await pay(checkoutUrl, '4000000000009995')
  await settled()
  expect(await balance()).toBe(before)
  expect(await paymentOf(paymentId)).toMatchObject({
    status: 'failed',
    failure_reason: 'Your card has insufficient funds.',
  })
})

test('a webhook that is lost and then comes six times grants once', async () => {
  const { checkoutUrl } = await createCheckout({ user, packageId: 'starter' })
  const before = await balance()
  const control = (path: string, body: unknown) =>
    fetch(sandboxUrl + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  await control('/sandbox/faults', { fail: 1 })
  await pay(checkoutUrl)
  await settled()
  const { items } = await (await fetch(`${sandboxUrl}/sandbox/deliveries`)).json()
  const { id } = items.at(-1)
  await Promise.all([
    control(`/sandbox/deliveries/${id}/resend`, { times: 3 }),
    control(`/sandbox/deliveries/${id}/resend`, { times: 3, asNew: true }),
  ])
  await settled()
  expect(await balance()).toBe(before + 100)
})

test('what is not for sale, or has no product yet, opens no checkout', async () => {
  const before = await count('payments')
  await expect(createCheckout({ user, packageId: 'none' })).rejects.toMatchObject({
    code: 'package_not_found',
    status: 404,
  })
  await sql`insert into credit_packages (id, name, credits, price) values ('draft', 'Draft', 1, 1)`
  await expect(createCheckout({ user, packageId: 'draft' })).rejects.toMatchObject({
    code: 'package_not_configured',
    status: 503,
  })
  expect(await count('payments')).toBe(before)
})

test('when DodoPayments refuses, nothing is recorded and the buyer gets a sentence', async () => {
  const before = await count('payments')
  await sql`insert into package_products (package_id, provider, product_id) values ('draft', 'dodopayments', 'pdt_gone')`
  await expect(createCheckout({ user, packageId: 'draft' })).rejects.toMatchObject({
    code: 'payment_provider_unavailable',
    status: 502,
    message: expect.stringContaining('Nothing was charged'),
  })
  expect(await count('payments')).toBe(before)
})

const forgery = JSON.stringify({ type: 'payment.succeeded', data: { payment_id: 'pay_forged' } })

function signedHeaders({ key = webhookKey, at = new Date() } = {}): Record<string, string> {
  return {
    'webhook-id': 'msg_attack',
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(key).sign('msg_attack', at, forgery),
  }
}

test.each([
  ['unsigned', () => ({}), 401],
  ['signed with another key', () => signedHeaders({ key: `whsec_${btoa('a stranger')}` }), 401],
  ['ten minutes old', () => signedHeaders({ at: new Date(Date.now() - 600_000) }), 401],
])('a webhook that is %s is refused and leaves no trace', async (_name, headers, status) => {
  const before = await count('payment_events')
  const response = await fetch(webhookUrl, { method: 'POST', headers: headers(), body: forgery })
  expect(response.status).toBe(status)
  expect(await response.json()).toEqual({ error: 'unauthorized', message: expect.any(String) })
  expect(await count('payment_events')).toBe(before)
})

test('a webhook too large to be one is refused before it is read', async () => {
  const body = 'x'.repeat(300_000)
  const response = await fetch(webhookUrl, { method: 'POST', headers: signedHeaders(), body })
  expect(response.status).toBe(413)
})
