import { setTimeout as delay } from 'node:timers/promises'
import type { ReservedSql, Sql } from 'postgres'
import { interleave, type Measure, printRates, withClients } from './interleaved.ts'
import { PROTOTYPE } from './prototype.ts'
import { bareUpdate, CLIENTS, runRound, type Work } from './rounds.ts'
import { median } from './statistics.ts'
import { WALLETS } from './wallets.ts'

const ROUND_TRIP_MS = 1

let keys = 0

/** A charge of one credit by the function of that name, under a new key. */
function deductBy(name: string): Work {
  return async (sql, userId) => {
    const key = `bench:${++keys}`
    const [row] =
      await sql`select ${sql(name)}(${userId}, 1, p_action => 'bench', p_idempotency_key => ${key}) as r`
    return row?.r.ok ? 1 : 0
  }
}

const deductCredits = deductBy('deduct_credits')

const reserveAndSettle: Work = async (sql, userId) => {
  const key = `bench:${++keys}`
  const [row] =
    await sql`select reserve_credits(${userId}, 'bench', '{"default": 1}', 60000, '{"internal": "bench"}',
    p_idempotency_key => ${key}, p_request_hash => ${key}) as r`
  const [settled] = await sql`select settle_hold(${row?.r.transaction_id}) as r`
  return settled?.r.ok ? 1 : 0
}

/** The field's habit. What it loses shows when the balances are added up. */
const readThenWrite: Work = async (sql, userId) => {
  const [row] = await sql<{ balance: string }[]>`select balance from bench_bare where user_id = ${userId}`
  if (!row) return 0
  await sql`update bench_bare set balance = ${Number(row.balance) - 1} where user_id = ${userId}`
  return 1
}

/** Correct, but the lock is held across the network. */
const clientSideTransaction: Work = async (sql, userId) => {
  const away = () => delay(ROUND_TRIP_MS)
  await sql`begin`
  await away()
  const [row] = await sql<{ balance: string; seq: string }[]>`
    select balance, seq from bench_bare where user_id = ${userId} for update`
  await away()
  await sql`update bench_bare set balance = balance - 1, seq = seq + 1 where user_id = ${userId}`
  await away()
  await sql`insert into bench_ledger (user_id, seq, amount, balance_after)
    values (${userId}, ${Number(row?.seq) + 1}, -1, ${Number(row?.balance) - 1})`
  await away()
  await sql`commit`
  await away()
  return 1
}

const deductFromAway: Work = async (sql, userId, any) => {
  const done = await deductCredits(sql, userId, any)
  await delay(ROUND_TRIP_MS)
  return done
}

const VARIANTS: Record<string, Work> = {
  'bare conditional UPDATE': bareUpdate,
  deduct_credits: deductCredits,
  'the same without constraints': deductBy('bench_deduct'),
  'the UPDATE alone, as a function': deductBy('bench_update'),
  'reserve_credits + settle_hold': reserveAndSettle,
  'read, then write': readThenWrite,
  'deduct_credits, 1 ms away': deductFromAway,
  'client-side transaction, 1 ms away': clientSideTransaction,
}

/** Transactions per second of each way to charge, on one hot wallet and on many; interleaved rounds, medians. */
export async function benchEngine(): Promise<void> {
  await withClients(async ({ sql, connections }) => {
    await sql.unsafe(`
      create table bench_ledger (
        user_id uuid, seq bigint, amount bigint, balance_after bigint, created_at timestamptz default now(),
        primary key (user_id, seq)
      );
      ${PROTOTYPE}`)
    for (const [place, wallets] of [
      ['1 hot wallet', 1],
      [`${WALLETS.toLocaleString('en')} wallets`, WALLETS],
    ] as const) {
      await benchPlace(place, wallets, connections, sql)
    }
  })
}

async function benchPlace(
  place: string,
  wallets: number,
  connections: readonly ReservedSql[],
  sql: Sql,
): Promise<void> {
  let written = 0
  let lost = 0
  const measures = Object.entries(VARIANTS).map(
    ([name, work]): Measure => [
      name,
      async (isCounted) => {
        const before = await totalOf(sql)
        const { done, rate } = await runRound(work, wallets, connections)
        if (work === readThenWrite && isCounted) {
          written += done
          lost += done - (before - (await totalOf(sql)))
        }
        return rate
      },
    ],
  )
  const rates = await interleave(measures)
  printRates(`${place}, ${CLIENTS} clients`, ['per second', 'of the bare UPDATE'], rates)
  const away = median(rates.get('deduct_credits, 1 ms away') ?? [])
  const client = median(rates.get('client-side transaction, 1 ms away') ?? [])
  console.log(
    `\ndeduct_credits does ${(away / client).toFixed(1)} times what the client-side transaction does.`,
  )
  console.log(`Read-then-write lost ${((100 * lost) / written).toFixed(0)}% of its ${written} updates.`)
}

async function totalOf(sql: Sql): Promise<number> {
  const [row] = await sql<{ total: string }[]>`select sum(balance) as total from bench_bare`
  return Number(row?.total)
}
