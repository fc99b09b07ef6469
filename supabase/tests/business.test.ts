import fc from 'fast-check'
import postgres, { type Sql, type TransactionSql } from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type Business,
  businessHistory,
  DAYS,
  dayAt,
  periodsOf,
  toBusiness,
  writeBusiness,
} from './business-history.ts'
import { type Engine, openEngine } from './engine.ts'

const RUNS = 60
const LIMIT_MS = 120_000

type Figures = Record<string, [amount: number, before: number]>
type Span = { since: number; until: number }

let engine: Engine
let superuser: Sql
beforeAll(async () => {
  engine = await openEngine({ connections: 2 })
  superuser = postgres(engine.database.adminUrl, { max: 1, onnotice: () => {} })
  await engine.owner`insert into credit_types (id, name) values ('images', 'Image credits')`
})
afterAll(async () => {
  await superuser.end()
  await engine.close()
})

/** Every figure that is not nothing in both spans, as 'figure subject': [amount, before]. */
async function readFigures(sql: Sql | TransactionSql, { since, until }: Span): Promise<Figures> {
  const rows = await sql<{ name: string; amount: number; before: number }[]>`
    select trim(figure || ' ' || subject) as name, amount::float, amount_before::float as before
    from business_figures(${dayAt(since).slice(0, 10)}, ${dayAt(until).slice(0, 10)})
    where amount <> 0 or amount_before <> 0`
  return Object.fromEntries(rows.map(({ name, amount, before }) => [name, [amount, before]]))
}

/** The figures of a business that is written, and may be changed, read and undone. */
async function figuresOf(
  business: Business,
  span: Span,
  change: (sql: TransactionSql) => Promise<unknown> = async () => undefined,
): Promise<Figures> {
  const undone = new Error('undone')
  let figures: Figures = {}
  await superuser
    .begin(async (sql) => {
      await sql`set local search_path = public`
      const seeded = await readFigures(sql, span)
      expect(seeded).toEqual({})
      await writeBusiness(sql, business)
      await change(sql)
      figures = await readFigures(sql, span)
      await sql`select sum_up_days(40)`
      expect(await readFigures(sql, span), 'with the sums of days kept').toEqual(figures)
      throw undone
    })
    .catch((error) => {
      if (error !== undone) throw error
    })
  return figures
}

const CREDITS: Record<string, (row: Business['ledger'][number]) => number> = {
  sold: ({ type, amount }) => (['purchase', 'subscription_grant'].includes(type) ? amount : 0),
  given: ({ type, amount }) => (['signup_bonus', 'promotion'].includes(type) ? amount : 0),
  adjusted: ({ type, amount }) => (type === 'admin_adjustment' ? amount : 0),
  used: ({ type, amount }) => (['deduction', 'refund'].includes(type) ? -amount : 0),
  expired: ({ type, amount }) => (type === 'expiry' ? -amount : 0),
  taken_back: ({ type, amount, debt_change }) =>
    ['clawback', 'clawback_reversal'].includes(type) ? (debt_change ?? 0) - amount : 0,
  owed: ({ debt_change }) => debt_change ?? 0,
}
const MONTHLY = { 'pro-monthly': 2_900, 'pro-yearly': 29_000 / 12, 'enterprise-monthly': 14_900 }

/** The same, added up from the plain rows. */
function addUp(business: Business, { since, until }: Span): Figures {
  const before = since - (until - since)
  const figures: Figures = {}
  const add = (name: string, side: 0 | 1, amount: number) => {
    const figure = figures[name] ?? [0, 0]
    figure[side] += amount
    figures[name] = figure
  }
  for (const [side, from, to] of [
    [0, since, until],
    [1, before, since],
  ] as const) {
    const within = ({ day }: { day: number }) => day >= from && day < to
    for (const row of business.ledger) {
      if (row.day < to) add(`outstanding ${row.wallet}`, side, row.amount)
      for (const [figure, of] of Object.entries(CREDITS)) {
        if (within(row)) add(`${figure} ${row.wallet}`, side, of(row))
      }
    }
    const charged = business.payments.filter(({ status, amount }) => status === 'succeeded' && amount > 0)
    for (const { currency, amount, refunded, dispute, package_id } of charged.filter(within)) {
      add(`revenue ${currency}`, side, amount)
      add(`refunded ${currency}`, side, Math.min(refunded, amount))
      add(`payments ${currency}`, side, 1)
      add(`refunded_payments ${currency}`, side, refunded > 0 ? 1 : 0)
      add(`disputed_payments ${currency}`, side, dispute ? 1 : 0)
      add(`package_sales ${package_id}`, side, 1)
    }
    add('buyers', side, new Set(charged.filter(within).map(({ person }) => person)).size)
    for (const [person, day] of business.signups.entries()) {
      if (!within({ day })) continue
      const did = (events: readonly { person: number; day: number }[]) =>
        events.some((event) => event.person === person && event.day < to)
      add('signups', side, 1)
      add('ran', side, did(business.runs) ? 1 : 0)
      add('bought', side, did(charged) ? 1 : 0)
    }
    for (const { tool, charged: credits } of business.runs.filter(within)) {
      add(`tool_runs ${tool}`, side, 1)
      add(`tool_charged ${tool}`, side, credits)
    }
    const [first, last] = [payersAt(business, from), payersAt(business, to)]
    add('mrr USD', side, Math.round(last.reduce((sum, { monthly }) => sum + monthly, 0)))
    add('subscribers', side, new Set(last.map(({ person }) => person)).size)
    const starters = new Set(first.map(({ person }) => person))
    add('first_subscribers', side, starters.size)
    const lost = [...starters].filter((person) => !last.some((payer) => payer.person === person))
    add('churned', side, lost.length)
  }
  return Object.fromEntries(Object.entries(figures).filter(([, both]) => both.some((amount) => amount !== 0)))
}

/** Who pays for which plan when a day begins; everything else happens at noon. */
function payersAt({ plans }: Business, day: number) {
  return plans
    .filter(({ surplus, ended }) => surplus === null && (ended === null || ended >= day))
    .flatMap((plan) =>
      periodsOf(plan)
        .filter(({ start, end }) => start < day && end >= day)
        .map(() => ({ person: plan.person, monthly: MONTHLY[plan.package_id] })),
    )
}

test(
  'whatever happened: the figures are those of the plain ledger, payments, plans and runs',
  { timeout: LIMIT_MS },
  () =>
    fc.assert(
      fc.asyncProperty(
        businessHistory.map(toBusiness),
        fc.integer({ min: 20, max: DAYS - 1 }),
        fc.integer({ min: 1, max: 40 }),
        async (business, since, length) => {
          const span = { since, until: since + length }
          const figures = await figuresOf(business, span)
          expect(figures).toEqual(addUp(business, span))
          for (const wallet of ['general', 'images']) {
            const of = (figure: string) => figures[`${figure} ${wallet}`]?.[0] ?? 0
            const [outstanding, before] = figures[`outstanding ${wallet}`] ?? [0, 0]
            // What is on the page adds up.
            expect(outstanding - before).toBe(
              of('sold') +
                of('given') +
                of('adjusted') -
                of('used') -
                of('expired') -
                of('taken_back') +
                of('owed'),
            )
          }
        },
      ),
      { numRuns: RUNS, endOnFailure: true },
    ),
)

test('a month that can be added up by hand, against the month before', async () => {
  const business: Business = {
    signups: [2, 31, 40, 80],
    ledger: [
      { person: 0, wallet: 'general', day: 5, type: 'signup_bonus', amount: 100, debt_change: null },
      { person: 0, wallet: 'general', day: 6, type: 'purchase', amount: 500, debt_change: null },
      { person: 0, wallet: 'general', day: 32, type: 'deduction', amount: -580, debt_change: null },
      { person: 0, wallet: 'general', day: 33, type: 'clawback', amount: -20, debt_change: 105 },
      { person: 1, wallet: 'general', day: 34, type: 'promotion', amount: 50, debt_change: null },
      { person: 1, wallet: 'general', day: 59, type: 'expiry', amount: -30, debt_change: null },
      { person: 1, wallet: 'general', day: 60, type: 'purchase', amount: 1_000, debt_change: null },
    ],
    payments: [
      {
        person: 0,
        day: 6,
        amount: 3_999,
        refunded: 1_000,
        currency: 'USD',
        package_id: 'pro',
        status: 'succeeded',
        dispute: null,
      },
      {
        person: 1,
        day: 31,
        amount: 999,
        refunded: 0,
        currency: 'USD',
        package_id: 'starter',
        status: 'succeeded',
        dispute: 'won',
      },
      {
        person: 1,
        day: 59,
        amount: 999,
        refunded: 999,
        currency: 'USD',
        package_id: 'starter',
        status: 'succeeded',
        dispute: null,
      },
      {
        person: 2,
        day: 59,
        amount: 900,
        refunded: 0,
        currency: 'EUR',
        package_id: 'starter',
        status: 'succeeded',
        dispute: null,
      },
      {
        person: 2,
        day: 59,
        amount: 0,
        refunded: 0,
        currency: 'EUR',
        package_id: 'pro',
        status: 'succeeded',
        dispute: null,
      },
      {
        person: 3,
        day: 60,
        amount: 999,
        refunded: 0,
        currency: 'USD',
        package_id: 'starter',
        status: 'succeeded',
        dispute: null,
      },
    ],
    plans: [
      // Ends on day 32 and is not renewed; goes on for a year; was never wanted.
      { person: 0, day: 2, periods: 1, gap: 0, package_id: 'pro-monthly', surplus: null, ended: null },
      { person: 1, day: 40, periods: 1, gap: 0, package_id: 'pro-yearly', surplus: null, ended: null },
      { person: 2, day: 40, periods: 1, gap: 0, package_id: 'pro-monthly', surplus: 'closed', ended: null },
    ],
    runs: [
      { person: 0, day: 32, charged: 5, tool: 'summary' },
      { person: 2, day: 59, charged: 2, tool: 'summary' },
      { person: 1, day: 60, charged: 9, tool: 'summary' },
    ],
  }
  expect(await figuresOf(business, { since: 30, until: 60 })).toEqual({
    'revenue USD': [1_998, 3_999],
    'revenue EUR': [900, 0],
    'refunded USD': [999, 1_000],
    'payments USD': [2, 1],
    'payments EUR': [1, 0],
    'refunded_payments USD': [1, 1],
    'disputed_payments USD': [1, 0],
    'package_sales starter': [3, 0],
    'package_sales pro': [0, 1],
    buyers: [2, 1],
    // 290 dollars a year are 24.17 a month.
    'mrr USD': [2_417, 2_900],
    subscribers: [1, 1],
    first_subscribers: [1, 0],
    churned: [1, 0],
    // Of the two who came, the second ran a tool and both bought; the first ran one only after the month.
    signups: [2, 1],
    ran: [1, 0],
    bought: [2, 1],
    'tool_runs summary': [2, 0],
    'tool_charged summary': [7, 0],
    'sold general': [0, 500],
    'given general': [50, 100],
    'used general': [580, 0],
    'expired general': [30, 0],
    'taken_back general': [125, 0],
    'owed general': [105, 0],
    // 600 + 50 - 580 - 30 - 125 + 105
    'outstanding general': [20, 600],
  })
})

test('recurring revenue is at the price that was paid for: a new one counts from the next renewal on', async () => {
  const business: Business = {
    ...{ signups: [0, 0, 0, 0], ledger: [], payments: [], runs: [] },
    plans: [
      { person: 0, day: 2, periods: 2, gap: 0, package_id: 'pro-monthly', surplus: null, ended: null },
      { person: 1, day: 40, periods: 1, gap: 0, package_id: 'pro-yearly', surplus: null, ended: null },
    ],
  }
  const charge = (sql: TransactionSql, day: number, packageId: string) => sql`
    with charged as (
      insert into payments (user_id, package_id, subscription_id, credit_type, credits, amount, currency, provider,
        provider_payment_id, status, charged_amount, charged_currency, charged_at)
      select s.user_id, k.id, s.id, k.credit_type, k.credits, k.price, k.currency, 'dodopayments',
        gen_random_uuid()::text, 'succeeded', k.price / 2, k.currency, ${dayAt(day)}
      from subscriptions s
      join credit_packages k on k.id = s.package_id
      where k.id = ${packageId}
      returning id, subscription_id
    )
    update subscription_periods p set payment_id = charged.id
    from charged
    where p.subscription_id = charged.subscription_id and p.period_start::date = ${dayAt(day).slice(0, 10)}::date`
  const figures = await figuresOf(business, { since: 30, until: 60 }, async (sql) => {
    await charge(sql, 2, 'pro-monthly')
    await charge(sql, 40, 'pro-yearly')
    await sql`update credit_packages set price = 3900 where id = 'pro-monthly'`
    await charge(sql, 32, 'pro-monthly')
    await sql`update credit_packages set price = price * 10 where kind = 'subscription'`
  })
  // 39 dollars, and 290 dollars a year; 29 dollars a month before.
  expect(figures['mrr USD']).toEqual([3_900 + 2_417, 2_900])
})
