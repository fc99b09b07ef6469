import postgres from 'postgres'
import { deductMany, deductOne, ENTRIES } from './batches.ts'
import { installPgledger } from './pgledger.ts'
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

const HOW_TO =
  'This compares with pgledger, which is not part of the project. Get it, and name the folder:\n\n' +
  '    git clone https://github.com/pgr0ss/pgledger /tmp/pgledger\n' +
  '    PGLEDGER=/tmp/pgledger npm run bench -- ledgers'

/** Charges per second beside transfers of pgledger, in one database; interleaved rounds, medians. */
export async function benchLedgers(): Promise<void> {
  const { PGLEDGER: checkout } = process.env
  if (!checkout) {
    console.log(HOW_TO)
    return
  }
  const database = await startBenchDatabase()
  const pool = postgres(database.adminUrl, { max: CLIENTS, onnotice: () => {} })
  try {
    await database.sql.unsafe(BARE_TABLE)
    const transfers = await installPgledger(database.sql, checkout)
    const connections = await Promise.all(Array.from({ length: CLIENTS }, () => pool.reserve()))
    const variants: Record<string, Work> = {
      'pgledger_create_transfer, to one account': transfers.toOneAccount,
      'pgledger_create_transfer, to random accounts': transfers.ofRandomUsers,
      deduct_credits: deductOne,
      [`pgledger_create_transfers of ${ENTRIES}`]: transfers.batchOf(ENTRIES),
      [`deduct_many of ${ENTRIES}`]: deductMany,
      'bare conditional UPDATE': bareUpdate,
    }
    for (const wallets of [1, WALLETS]) {
      const rates = new Map<string, number[]>()
      for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
        for (const [name, work] of Object.entries(variants)) {
          const { rate } = await runRound(work, wallets, connections)
          if (round >= 0) rates.set(name, [...(rates.get(name) ?? []), rate])
        }
      }
      const [transfer = []] = rates.values()
      console.log(
        `\n### ${wallets.toLocaleString('en')} wallets, ${CLIENTS} clients, ${ROUNDS} rounds of ${ROUND_MS / 1000} s, medians\n`,
      )
      printTable(
        ['', 'per second', 'of a transfer to one account'],
        [...rates].map(([name, all]) => [
          name,
          median(all).toFixed(0),
          (median(all) / median(transfer)).toFixed(2),
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
