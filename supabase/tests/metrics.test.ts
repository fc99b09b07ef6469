import postgres, { type Sql } from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Engine, openEngine } from './engine.ts'

// A made-up business of three days, small enough to be added up by hand.
const DAYS = ['2026-03-01', '2026-03-02', '2026-03-03'] as const
type Day = (typeof DAYS)[number]

let engine: Engine
let admin: Sql
let ann: string
let ben: string
let cat: string

beforeAll(async () => {
  engine = await openEngine({ connections: 2 })
  admin = postgres(engine.database.adminUrl, { max: 1, onnotice: () => {} })
  await engine.owner`insert into credit_types (id, name) values ('images', 'Image credits')`
  ann = await engine.createUser()
  ben = await engine.createUser()
  cat = await engine.createUser()
  await tellStory()
})
afterAll(async () => {
  await admin.end()
  await engine.close()
})

async function tellStory() {
  await on(DAYS[0], [
    ['add_credits', { p_user_id: ann, p_amount: 100, p_type: 'purchase' }],
    ['add_credits', { p_user_id: ben, p_amount: 50, p_type: 'subscription_grant' }],
    ['add_credits', { p_user_id: cat, p_amount: 20, p_type: 'promotion' }],
    ['deduct_credits', { p_user_id: ann, p_amount: 30 }],
    ['deduct_credits', { p_user_id: ann, p_amount: 10 }],
    ['deduct_credits', { p_user_id: ben, p_amount: 20 }],
  ])
  const charges = await engine.owner<{ id: number }[]>`
    select id::int from credit_transactions where credit_type = 'images' and type = 'deduction' order by id`
  await on(DAYS[1], [
    ['deduct_credits', { p_user_id: cat, p_amount: 5 }],
    ['refund_transaction', { p_transaction_id: charges[0]?.id ?? 0, p_amount: 12 }],
  ])
  await on(DAYS[2], [['add_credits', { p_user_id: cat, p_amount: 40, p_type: 'purchase' }]])
  await takeBack(DAYS[2])

  await pay(ann, 'starter', { amount: 999, day: DAYS[0] })
  await pay(ann, 'pro', { amount: 3_999, day: DAYS[0], refunded: 1_000 })
  await pay(ben, 'starter', { amount: 1_089, day: DAYS[1], refunded: 1_089 })
  await pay(ben, 'starter', { amount: 999, day: DAYS[1], dispute: 'lost' })
  await pay(cat, 'starter', { amount: 900, day: DAYS[1], currency: 'EUR' })
  await pay(cat, 'pro-monthly', { amount: 0, day: DAYS[1] })
  await pay(cat, 'pro', { amount: 3_999, day: DAYS[2], status: 'failed' })
}

/** Does this to the wallets of images, and lets it have happened on a day. */
async function on(day: Day, calls: [name: string, args: Record<string, string | number>][]) {
  const [last] = await engine.owner<
    { id: number }[]
  >`select coalesce(max(id), 0)::int as id from credit_transactions`
  for (const [name, args] of calls) {
    const full = name === 'refund_transaction' ? args : { ...args, p_credit_type: 'images' }
    expect(await engine.call(name, full)).toMatchObject({ ok: true })
  }
  // Past the ledger's own guard, which lets nobody move a row in time.
  await admin.begin(async (sql) => {
    await sql`set local session_replication_role = replica`
    await sql`
      update public.credit_transactions set created_at = ${`${day}T23:59:59Z`}::timestamptz
      where id > ${last?.id ?? 0}`
  })
}

/** As when the payment of Ann's credits is refunded after she spent all but 25 of them: 5 became debt. */
async function takeBack(day: Day) {
  await admin.begin(async (sql) => {
    await sql`set local session_replication_role = replica`
    await sql`
      insert into public.credit_transactions
        (user_id, credit_type, seq, type, amount, balance_before, balance_after, debt_change, reverses, created_at)
      select user_id, credit_type, max(seq) + 1, 'clawback', -25, 25, 0, 5, min(id), ${`${day}T23:59:59Z`}::timestamptz
      from public.credit_transactions where user_id = ${ann} and credit_type = 'images' group by 1, 2`
  })
}

type Payment = {
  amount: number
  day: Day
  currency?: string
  refunded?: number
  dispute?: string
  status?: string
}

let payments = 0

async function pay(userId: string, packageId: string, payment: Payment) {
  const { amount, day, currency = 'USD', refunded = 0, dispute = null, status = 'succeeded' } = payment
  const id = `pay_${++payments}`
  await admin.begin(async (sql) => {
    await sql`set local session_replication_role = replica`
    await sql`
      insert into public.payments (
        user_id, package_id, credit_type, credits, amount, currency, provider, checkout_session_id,
        provider_payment_id, status, charged_amount, charged_currency, charged_at, refunded_amount, dispute_status,
        transaction_id
      )
      select
        ${userId}, k.id, 'images', 1, ${amount}, ${currency}, 'dodopayments', ${id}, ${id}, ${status}, ${amount},
        ${currency}, ${`${day}T12:00:00Z`}::timestamptz, ${refunded}, ${dispute},
        case when ${status} = 'succeeded' then (select max(id) from public.credit_transactions) end
      from public.credit_packages k
      where k.id = ${packageId}`
  })
}

/** Rows with their figures as numbers, as a person would add them up. */
async function read(statement: string) {
  const rows = await engine.owner.unsafe(statement)
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [
        name,
        /^-?\d+(\.\d+)?$/.test(String(value)) ? Number(value) : value,
      ]),
    ),
  )
}

test('credits sold, used and given back, the volume and who used any, day by day', async () => {
  const days = await read(`
    select day::text, sold, taken_back, charged, refunded, used, transactions, active_users
    from credit_metrics_daily where credit_type = 'images' order by day`)
  expect(days).toEqual([
    // 100 + 50 sold, 20 given; 30 + 10 by Ann and 20 by Ben.
    {
      day: DAYS[0],
      sold: 150,
      taken_back: 0,
      charged: 60,
      refunded: 0,
      used: 60,
      transactions: 6,
      active_users: 2,
    },
    // 5 by Cat, and 12 given back to Ann.
    {
      day: DAYS[1],
      sold: 0,
      taken_back: 0,
      charged: 5,
      refunded: 12,
      used: -7,
      transactions: 2,
      active_users: 1,
    },
    // 40 to Cat; 25 and a debt of 5 from Ann.
    {
      day: DAYS[2],
      sold: 40,
      taken_back: 30,
      charged: 0,
      refunded: 0,
      used: 0,
      transactions: 2,
      active_users: 0,
    },
  ])
})

test('since the beginning, with the daily average of a user and the refund rate of credits', async () => {
  const [totals] = await read(`select * from credit_metrics where credit_type = 'images'`)
  expect(totals).toEqual({
    credit_type: 'images',
    sold: 190,
    taken_back: 30,
    charged: 65,
    refunded: 12,
    used: 53,
    transactions: 10,
    // 53 credits in 3 days of use: Ann's first, Ben's first, Cat's second.
    average_daily_per_user: 17.67,
    // 12 of 65.
    refund_rate: 0.1846,
  })
})

test('payments by day and currency, without trials and those that failed', async () => {
  const days =
    await read(`select day::text, currency, payments, buyers, amount, refunded_payments, refunded_amount,
    lost_disputes from payment_metrics_daily order by day, currency`)
  const none = { refunded_payments: 0, refunded_amount: 0, lost_disputes: 0 }
  expect(days).toEqual([
    {
      ...none,
      ...{ day: DAYS[0], currency: 'USD', payments: 2, buyers: 1, amount: 4_998 },
      ...{ refunded_payments: 1, refunded_amount: 1_000 },
    },
    { ...none, day: DAYS[1], currency: 'EUR', payments: 1, buyers: 1, amount: 900 },
    {
      ...{ day: DAYS[1], currency: 'USD', payments: 2, buyers: 1, amount: 2_088 },
      ...{ refunded_payments: 1, refunded_amount: 1_089, lost_disputes: 1 },
    },
  ])
})

test('the refund rate of payments, by their number and by their money', async () => {
  expect(await read('select * from payment_metrics order by currency')).toMatchObject([
    { currency: 'EUR', payments: 1, refund_rate: 0, refunded_share: 0 },
    // 2 of 4, and 2,089 of 7,086.
    { currency: 'USD', payments: 4, amount: 7_086, refund_rate: 0.5, refunded_share: 0.2948 },
  ])
})

test('what sells best is first, by the last 30 days and then by all time', async () => {
  const popular = () =>
    read(`select package_id, sales, recent_sales, buyers, refund_rate from package_metrics
      order by popularity, package_id limit 2`)
  expect(await popular()).toEqual([
    // Ann once, Ben twice, Cat once; one of them refunded.
    { package_id: 'starter', sales: 4, recent_sales: 0, buyers: 3, refund_rate: 0.25 },
    { package_id: 'pro', sales: 1, recent_sales: 0, buyers: 1, refund_rate: 1 },
  ])
  await admin`update public.payments set charged_at = now() where package_id = 'pro' and status = 'succeeded'`
  expect((await popular()).map(({ package_id }) => package_id)).toEqual(['pro', 'starter'])
})

test('admins read the figures of everybody, people those of their own rows, visitors none', async () => {
  const as = (role: string, userId: string | null) =>
    engine.owner.begin(async (sql) => {
      const session_id = userId && (await engine.signIn(userId))
      const claims = JSON.stringify({ sub: userId, role, session_id })
      await sql`select set_config('role', ${role}, true), set_config('request.jwt.claims', ${claims}, true)`
      const [row] = await sql`select used::int from credit_metrics where credit_type = 'images'`
      return row?.used
    })
  expect(await as('authenticated', await engine.createAdmin())).toBe(53)
  expect(await as('authenticated', ben)).toBe(20)
  await expect(as('anon', null)).rejects.toMatchObject({ code: '42501' })
})
