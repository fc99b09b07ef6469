import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import type { TransactionSql } from 'postgres'

/** Histories are told in days after this one. */
const FIRST_DAY = Date.parse('2025-01-01T00:00:00Z')
const DAY_MS = 86_400_000
export const DAYS = 90
export const dayAt = (day: number) => new Date(FIRST_DAY + day * DAY_MS).toISOString()

const PEOPLE = 4
const person = fc.nat(PEOPLE - 1)
const day = fc.nat(DAYS - 1)
const size = fc.integer({ min: 1, max: 60 })

const GROWING = ['purchase', 'subscription_grant', 'signup_bonus', 'promotion', 'refund'] as const
const TYPES = [
  ...GROWING,
  'deduction',
  'expiry',
  'admin_adjustment',
  'clawback',
  'clawback_reversal',
  'debt_repayment',
] as const

const change = fc.record({
  person,
  day,
  size,
  type: fc.constantFrom(...TYPES),
  wallet: fc.constantFrom('general', 'images'),
  down: fc.boolean(),
})
const payment = fc.record({
  person,
  day,
  amount: fc.nat(5_000),
  refunded: fc.nat(5_000),
  currency: fc.constantFrom('USD', 'EUR'),
  package_id: fc.constantFrom('starter', 'pro'),
  status: fc.constantFrom('succeeded', 'failed'),
  dispute: fc.constantFrom(null, 'opened', 'won', 'lost'),
})
const plan = fc.record({
  person,
  day,
  periods: fc.integer({ min: 1, max: 3 }),
  gap: fc.constantFrom(0, 5),
  package_id: fc.constantFrom('pro-monthly', 'pro-yearly', 'enterprise-monthly'),
  surplus: fc.constantFrom(null, null, 'closed'),
  ended: fc.option(day),
})
const run = fc.record({ person, day, charged: fc.nat(9), tool: fc.constantFrom('summary', 'picture') })

/** What happened in a business of four people, in the order in which it is told. */
export const businessHistory = fc.record({
  signups: fc.tuple(day, day, day, day),
  changes: fc.array(change, { maxLength: 40 }),
  payments: fc.array(payment, { maxLength: 15 }),
  plans: fc.array(plan, { maxLength: 4 }),
  runs: fc.array(run, { maxLength: 20 }),
})
type History = typeof businessHistory extends fc.Arbitrary<infer Value> ? Value : never

export type LedgerRow = {
  person: number
  wallet: string
  day: number
  type: string
  amount: number
  debt_change: number | null
}
export type Business = Omit<History, 'changes'> & { ledger: LedgerRow[] }

/** The ledger that comes of it: nobody spends what they do not have, and what is missing becomes debt. */
export function toBusiness({ changes, ...told }: History): Business {
  const balances = new Map<string, number>()
  const debts = new Map<string, number>()
  const ledger: LedgerRow[] = []
  for (const { person, day, size, type, wallet, down } of changes.toSorted((a, b) => a.day - b.day)) {
    const key = `${person} ${wallet}`
    const balance = balances.get(key) ?? 0
    const debt = debts.get(key) ?? 0
    const [amount, debt_change] = applyChange({ type, size, down, balance, debt })
    if (amount === 0 && !debt_change) continue
    balances.set(key, balance + amount)
    debts.set(key, debt + (debt_change ?? 0))
    ledger.push({ person, wallet, day, type, amount, debt_change })
  }
  return { ...told, ledger }
}

type Change = { type: string; size: number; down: boolean; balance: number; debt: number }

function applyChange({ type, size, down, balance, debt }: Change): [amount: number, debt: number | null] {
  const out = Math.min(size, balance)
  if (GROWING.some((growing) => growing === type)) return [size, null]
  if (type === 'admin_adjustment') return [down ? -out : size, null]
  if (type === 'clawback') return [-out, size - out]
  if (type === 'clawback_reversal') return [size - Math.min(size, debt), -Math.min(size, debt)]
  if (type === 'debt_repayment') return [-Math.min(out, debt), -Math.min(out, debt)]
  return [-out, null]
}

/** The periods of a plan: thirty days each, with the same gap between two. */
export function periodsOf({ day, periods, gap }: Business['plans'][number]) {
  return Array.from({ length: periods }, (_, index) => {
    const start = day + index * (30 + gap)
    return { start, end: start + 30 }
  })
}

/** Writes the history into the tables, past every guard. Each thing happens at noon. */
export async function writeBusiness(sql: TransactionSql, business: Business): Promise<void> {
  const noon = (day: number) => dayAt(day + 0.5)
  await sql`set local session_replication_role = replica`
  const ids = Array.from({ length: PEOPLE }, () => randomUUID())
  const idOf = (person: number) => ids[person] ?? ''
  for (const [index, day] of business.signups.entries()) {
    await sql`insert into profiles (id, email, created_at) values (${idOf(index)}, 'a@example.com', ${noon(day)})`
  }
  const wallets = new Map<string, { seq: number; balance: number }>()
  for (const { person, wallet, day, type, amount, debt_change } of business.ledger) {
    const key = `${person} ${wallet}`
    const { seq, balance } = wallets.get(key) ?? { seq: 0, balance: 0 }
    wallets.set(key, { seq: seq + 1, balance: balance + amount })
    const reverses = ['refund', 'clawback', 'clawback_reversal'].includes(type) ? 1 : null
    await sql`
      insert into credit_transactions
        (user_id, credit_type, seq, type, amount, balance_before, balance_after, debt_change, reverses, created_at)
      values (${idOf(person)}, ${wallet}, ${seq + 1}, ${type}, ${amount}, ${balance}, ${balance + amount},
        ${debt_change}, ${reverses}, ${noon(day)})`
  }
  for (const [key, { seq, balance }] of wallets) {
    const [person = '0', wallet = ''] = key.split(' ')
    await sql`
      insert into credits (user_id, credit_type, balance, version)
      values (${idOf(Number(person))}, ${wallet}, ${balance}, ${seq})`
  }
  for (const paid of business.payments) {
    const id = randomUUID()
    await sql`
      insert into payments (user_id, package_id, credit_type, credits, amount, currency, provider, checkout_session_id,
        provider_payment_id, status, charged_amount, charged_currency, charged_at, refunded_amount, dispute_status,
        transaction_id)
      values (${idOf(paid.person)}, ${paid.package_id}, 'general', 1, ${paid.amount}, ${paid.currency}, 'dodopayments',
        ${id}, ${id}, ${paid.status}, ${paid.amount}, ${paid.currency}, ${noon(paid.day)}, ${paid.refunded},
        ${paid.dispute}, ${paid.status === 'succeeded' ? 1 : null})`
  }
  for (const told of business.plans) {
    const { package_id, surplus, ended } = told
    const [row] = await sql<{ id: string }[]>`
      insert into subscriptions (user_id, provider, provider_subscription_id, package_id, status, status_at, surplus)
      values (${idOf(told.person)}, 'dodopayments', ${randomUUID()}, ${package_id},
        ${ended === null ? 'active' : 'cancelled'}, ${noon(ended ?? 0)}, ${surplus})
      returning id`
    for (const { start, end } of periodsOf(told)) {
      await sql`
        insert into subscription_periods (subscription_id, period_start, period_end, package_id, transaction_id)
        select ${row?.id ?? ''}, ${noon(start)}, ${noon(end)}, ${package_id}, count(*) + 1 from subscription_periods`
    }
  }
  // Runs are numbered in the order in which they began.
  for (const { person, day, charged, tool } of business.runs.toSorted((a, b) => a.day - b.day)) {
    await sql`
      insert into runs (user_id, credit_type, tool, status, charged, created_at, finished_at, purge_at)
      values (${idOf(person)}, 'general', ${tool}, 'succeeded', ${charged}, ${noon(day)}, now(), now())`
  }
}
