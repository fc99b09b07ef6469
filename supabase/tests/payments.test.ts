import postgres, { type Sql } from 'postgres'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createDatabase } from './database.ts'

type Result = {
  ok: boolean
  code?: string
  replayed?: boolean
  status?: string
  payment_id?: string
  balance?: number
}
type Change = {
  event?: string
  payment?: string
  session?: string
  status?: string
  product?: string
  quantity?: number
}

let database: Awaited<ReturnType<typeof createDatabase>>
let sql: Sql
let userId: string
let session: string
let counter = 0

beforeAll(async () => {
  database = await createDatabase()
  // As the server does, with enough connections for twenty deliveries at once.
  sql = postgres(database.ownerUrl, { max: 20, onnotice: () => {}, connection: { role: 'service_role' } })
  const [user] = await sql<{ id: string }[]>`select id from profiles where email = 'user@example.test'`
  userId = user?.id ?? ''
})
afterAll(async () => {
  await sql.end()
  await database.drop()
})
beforeEach(async () => {
  session = unique('cks')
  await checkout()
})

const unique = (prefix: string) => `${prefix}_${++counter}`

async function checkout(packageId = 'pro'): Promise<Result> {
  const [row] = await sql<
    { result: Result }[]
  >`select record_checkout(${userId}, ${packageId}, ${session}, 'dodopayments') as result`
  return row?.result ?? { ok: false }
}

/** Stores a delivery and applies it, as the webhook does. */
async function deliver({
  event = unique('msg'),
  payment = `pay_of_${session}`,
  session: about = session,
  status = 'succeeded',
  product = 'pdt_pro',
  quantity = 1,
}: Change = {}): Promise<Result> {
  await sql`select store_payment_event(${event}, ${`payment.${status}`}, '{}', 'dodopayments')`
  return apply(event, {
    payment_id: payment,
    checkout_session_id: about,
    status,
    product_id: product,
    quantity,
  })
}

async function apply(eventId: string, event: Record<string, string | number>): Promise<Result> {
  const update = { kind: 'payment', amount: 3999, currency: 'USD', failure_reason: 'declined', ...event }
  const [row] = await sql<
    { result: Result }[]
  >`select apply_payment_event(${eventId}, ${sql.json(update)}) as result`
  return row?.result ?? { ok: false }
}

async function balance(): Promise<number> {
  const [wallet] =
    await sql`select balance from credits where user_id = ${userId} and credit_type = 'general'`
  return Number(wallet?.balance)
}

/** How many credits `act` adds to the wallet; the ledger must say the same. */
async function gained(act: () => Promise<unknown>): Promise<number> {
  const before = await balance()
  await act()
  const after = await balance()
  const [ledger] = await sql`select sum(amount) as total from credit_transactions where user_id = ${userId}`
  expect(Number(ledger?.total)).toBe(after)
  return after - before
}

const statuses = async () => {
  const rows =
    await sql`select status from payments where checkout_session_id = ${session} order by created_at`
  return rows.map((row) => row.status)
}

test('a paid checkout grants its credits and says what was charged', async () => {
  expect(await gained(deliver)).toBe(500)
  const [payment] = await sql`select * from payments where checkout_session_id = ${session}`
  expect(payment).toMatchObject({ status: 'succeeded', charged_amount: '3999', charged_currency: 'USD' })
  const [entry] = await sql`select * from credit_transactions where id = ${payment?.transaction_id}`
  expect(entry).toMatchObject({ type: 'purchase', amount: '500', reference_id: payment?.provider_payment_id })
})

test('twenty deliveries at once under one id grant once', async () => {
  const event = unique('msg')
  expect(await gained(() => Promise.all(Array.from({ length: 20 }, () => deliver({ event }))))).toBe(500)
  const [stored] = await sql`select status, attempts from payment_events where id = ${event}`
  expect(stored).toEqual({ status: 'processed', attempts: 20 })
})

test('twenty deliveries at once under different ids grant once', async () => {
  const results: Result[] = []
  const storm = async () => results.push(...(await Promise.all(Array.from({ length: 20 }, () => deliver()))))
  expect(await gained(storm)).toBe(500)
  expect(results.filter(({ ok, replayed }) => ok && !replayed)).toHaveLength(1)
  expect(results.filter(({ ok, replayed }) => ok && replayed)).toHaveLength(19)
})

test('a declined card and then a good one on the same checkout grant once, in either order', async () => {
  const declined = { payment: 'pay_declined_1', status: 'failed' }
  expect(await gained(() => deliver(declined))).toBe(0)
  expect(await statuses()).toEqual(['failed'])
  expect(await gained(deliver)).toBe(500)
  expect(await statuses()).toEqual(['succeeded'])

  session = unique('cks')
  await checkout()
  expect(await gained(deliver)).toBe(500)
  expect(await gained(() => deliver({ ...declined, payment: 'pay_declined_2' }))).toBe(0)
  expect(await statuses()).toEqual(['succeeded'])
})

test.each(['processing', 'failed', 'cancelled'])(
  'a payment that succeeded never becomes %s',
  async (status) => {
    expect(await gained(deliver)).toBe(500)
    expect(await gained(() => deliver({ status }))).toBe(0)
    expect(await statuses()).toEqual(['succeeded'])
  },
)

test('processing never comes back after failed, and success still follows', async () => {
  await deliver({ status: 'failed' })
  await deliver({ status: 'processing' })
  expect(await statuses()).toEqual(['failed'])
  expect(await gained(deliver)).toBe(500)
})

test('a first card declined late does not end the second one, which is under way', async () => {
  await deliver({ status: 'processing', payment: 'pay_second' })
  expect(await gained(() => deliver({ status: 'failed', payment: 'pay_first' }))).toBe(0)
  expect(await statuses()).toEqual(['processing'])
  expect(await gained(() => deliver({ payment: 'pay_second' }))).toBe(500)
})

test('two payments that both succeeded on one checkout grant twice', async () => {
  const twice = () => Promise.all([deliver({ payment: unique('pay') }), deliver({ payment: unique('pay') })])
  expect(await gained(twice)).toBe(1000)
  expect(await statuses()).toEqual(['succeeded', 'succeeded'])
})

test('a quantity grants that many times the package', async () => {
  expect(await gained(() => deliver({ quantity: 3 }))).toBe(1500)
})

test('a payment for another product than the checkout’s grants nothing and can be sent again', async () => {
  for (const product of ['pdt_enterprise', '']) {
    let result: Result = { ok: true }
    const act = async () => {
      result = await deliver({ product })
    }
    expect(await gained(act)).toBe(0)
    expect(result).toMatchObject({ ok: false, code: 'product_mismatch' })
  }
  expect(await statuses()).toEqual(['pending'])
  expect(await gained(deliver)).toBe(500)
})

test('a payment of no checkout of ours is refused', async () => {
  expect(await deliver({ session: 'cks_of_somebody', payment: 'pay_of_somebody' })).toMatchObject({
    ok: false,
    code: 'unknown_payment',
  })
})

test('a delivery that was not stored, or says something unheard of, is refused', async () => {
  const event = {
    payment_id: 'pay_none',
    checkout_session_id: session,
    status: 'succeeded',
    product_id: 'pdt_pro',
  }
  expect(await apply('msg_none', event)).toMatchObject({ ok: false, code: 'unknown_event' })
  for (const status of ['pending', 'refunded']) {
    expect(await deliver({ status })).toMatchObject({ ok: false, code: 'unknown_status' })
  }
})

/** The server itself may only call functions. */
const asOwner = (statement: string) =>
  sql.begin(async (own) => {
    await own`set local role none`
    await own.unsafe(statement)
  })

test('what a checkout grants is fixed when it opens, whatever the package becomes', async () => {
  await asOwner("update credit_packages set credits = 1, price = 1 where id = 'pro'")
  expect(await gained(deliver)).toBe(500)
  await asOwner("update credit_packages set credits = 500, price = 3999 where id = 'pro'")
})

test('what is not for sale cannot be checked out', async () => {
  expect(await checkout('none')).toMatchObject({ ok: false, code: 'package_not_found' })
  await asOwner("update credit_packages set active = false where id = 'starter'")
  expect(await checkout('starter')).toMatchObject({ ok: false, code: 'package_not_found' })
  await asOwner("update credit_packages set active = true where id = 'starter'")
})

test('a failure is noted, and what was processed stays processed', async () => {
  const event = unique('msg')
  const finish = (status: string) => sql`select finish_payment_event(${event}, ${status}, 'no such thing')`
  const stored = async () => (await sql`select status, error from payment_events where id = ${event}`)[0]
  await sql`select store_payment_event(${event}, 'payment.succeeded', '{}', 'dodopayments')`
  await finish('failed')
  expect(await stored()).toEqual({ status: 'failed', error: 'no such thing' })
  await deliver({ event })
  expect(await stored()).toEqual({ status: 'processed', error: null })
  await finish('failed')
  expect(await stored()).toEqual({ status: 'processed', error: null })
})

test('the same id at another provider is another payment', async () => {
  expect(await checkout()).toMatchObject({ ok: true })
  const payment = `pay_of_${session}`
  await deliver({ payment })
  const event = unique('evt')
  await sql`select store_payment_event(${event}, 'payment.succeeded', '{}', 'another')`
  expect(
    await apply(event, { payment_id: payment, checkout_session_id: session, status: 'failed' }),
  ).toMatchObject({ ok: false, code: 'unknown_payment' })
  expect(await sql`select status from payments where provider_payment_id = ${payment}`).toEqual([
    { status: 'succeeded' },
  ])
})

test('a package is not for sale at a provider that has no product of it', async () => {
  const [row] = await sql`select record_checkout(${userId}, 'pro', ${session}, 'another') as result`
  expect(row?.result).toMatchObject({ ok: false, code: 'package_not_found' })
})
