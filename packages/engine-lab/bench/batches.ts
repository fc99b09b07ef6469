import postgres from 'postgres'
import {
  BARE_TABLE,
  bareUpdate,
  CLIENTS,
  ROUND_MS,
  ROUNDS,
  runRound,
  WARM_UP_ROUNDS,
  type Work,
} from './rounds.ts'
import { median, printTable } from './statistics.ts'
import { printLedgerCheck, startBenchDatabase, WALLETS } from './wallets.ts'

export const ENTRIES = 100
/** A pipeline has few senders. */
const SENDERS = [2, 16]

let keys = 0

/** A batch of charges of one credit, each under a new key. */
export const deductMany: Work = async (sql, _, any) => {
  const entries = Array.from({ length: ENTRIES }, () => ({
    user_id: any(),
    amount: 1,
    action: 'bench',
    idempotency_key: `many:${++keys}`,
  }))
  const [row] = await sql<{ answer: { results: { ok: boolean }[] } }[]>`
    select deduct_many(${sql.json(entries)}) as answer`
  return row?.answer.results.filter(({ ok }) => ok).length ?? 0
}

/** A charge of one credit, under a new key. */
export const deductOne: Work = async (sql, userId) => {
  const key = `many:${++keys}`
  await sql`select deduct_credits(${userId}, 1, p_action => 'bench', p_idempotency_key => ${key})`
  return 1
}

/** Charges per second in batches, one by one, and of the bare UPDATE; interleaved rounds, medians. */
export async function benchBatches(): Promise<void> {
  const database = await startBenchDatabase()
  const pool = postgres(database.adminUrl, { max: CLIENTS, onnotice: () => {} })
  try {
    await database.sql.unsafe(BARE_TABLE)
    const connections = await Promise.all(Array.from({ length: CLIENTS }, () => pool.reserve()))
    for (const wallets of [1, WALLETS]) {
      const rates = new Map<string, number[]>()
      const measure = async (name: string, work: Work, clients: number, isCounted: boolean) => {
        const { rate } = await runRound(work, wallets, connections.slice(0, clients))
        if (isCounted) rates.set(name, [...(rates.get(name) ?? []), rate])
      }
      for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
        await measure(`bare conditional UPDATE, ${CLIENTS} clients`, bareUpdate, CLIENTS, round >= 0)
        await measure(`deduct_credits, ${CLIENTS} clients`, deductOne, CLIENTS, round >= 0)
        for (const senders of SENDERS) {
          await measure(`deduct_many of ${ENTRIES}, ${senders} clients`, deductMany, senders, round >= 0)
        }
      }
      const [bare = []] = rates.values()
      console.log(
        `\n### ${wallets.toLocaleString('en')} wallets, ${ROUNDS} rounds of ${ROUND_MS / 1000} s, medians\n`,
      )
      printTable(
        ['', 'charges per second', 'of the bare UPDATE'],
        [...rates].map(([name, all]) => [
          name,
          median(all).toFixed(0),
          (median(all) / median(bare)).toFixed(2),
        ]),
      )
    }
    await printLedgerCheck(database.sql)
    for (const connection of connections) connection.release()
  } finally {
    await pool.end()
    await database.stop()
  }
}
