import postgres, { type ReservedSql, type Sql } from 'postgres'
import { BARE_TABLE, CLIENTS, ROUND_MS, ROUNDS, WARM_UP_ROUNDS } from './rounds.ts'
import { median, printTable } from './statistics.ts'
import { printLedgerCheck, startBenchDatabase } from './wallets.ts'

type Clients = { sql: Sql; connections: readonly ReservedSql[] }

/** Gives a database of many wallets, with the bare table and a connection for each client; says at last what is left of it. */
export async function withClients(bench: (clients: Clients) => Promise<void>): Promise<void> {
  const database = await startBenchDatabase()
  const pool = postgres(database.adminUrl, { max: CLIENTS, onnotice: () => {} })
  try {
    await database.sql.unsafe(BARE_TABLE)
    const connections = await Promise.all(Array.from({ length: CLIENTS }, () => pool.reserve()))
    await bench({ sql: database.sql, connections })
    await printLedgerCheck(database.sql)
    for (const connection of connections) connection.release()
  } finally {
    await pool.end()
    await database.stop()
  }
}

/** A way by its name. Runs one round, and gives how much was done a second; one that only warms up is not counted. */
export type Measure = readonly [name: string, run: (isCounted: boolean) => Promise<number>]

/** What each way does a second, in rounds in which they take turns. */
export async function interleave(measures: readonly Measure[]): Promise<Map<string, number[]>> {
  const rates = new Map<string, number[]>()
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
    for (const [name, run] of measures) {
      const rate = await run(round >= 0)
      if (round >= 0) rates.set(name, [...(rates.get(name) ?? []), rate])
    }
  }
  return rates
}

/** The medians, each beside that of the first. */
export function printRates(
  title: string,
  [perSecond, ofTheFirst]: readonly [string, string],
  rates: ReadonlyMap<string, number[]>,
): void {
  const [first = []] = rates.values()
  console.log(`\n### ${title}, ${ROUNDS} rounds of ${ROUND_MS / 1000} s, medians\n`)
  printTable(
    ['', perSecond, ofTheFirst],
    [...rates].map(([name, all]) => [name, median(all).toFixed(0), (median(all) / median(first)).toFixed(2)]),
  )
}
