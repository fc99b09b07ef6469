import { deductMany, deductOne, ENTRIES } from './batches.ts'
import { interleave, type Measure, printRates, withClients } from './interleaved.ts'
import { installPgledger } from './pgledger.ts'
import { bareUpdate, CLIENTS, runRound, type Work } from './rounds.ts'
import { WALLETS } from './wallets.ts'

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
  await withClients(async ({ sql, connections }) => {
    const transfers = await installPgledger(sql, checkout)
    const variants: Record<string, Work> = {
      'pgledger_create_transfer, to one account': transfers.toOneAccount,
      'pgledger_create_transfer, to random accounts': transfers.ofRandomUsers,
      deduct_credits: deductOne,
      [`pgledger_create_transfers of ${ENTRIES}`]: transfers.batchOf(ENTRIES),
      [`deduct_many of ${ENTRIES}`]: deductMany,
      'bare conditional UPDATE': bareUpdate,
    }
    for (const wallets of [1, WALLETS]) {
      const measures = Object.entries(variants).map(
        ([name, work]): Measure => [name, async () => (await runRound(work, wallets, connections)).rate],
      )
      const rates = await interleave(measures)
      const title = `${wallets.toLocaleString('en')} wallets, ${CLIENTS} clients`
      printRates(title, ['per second', 'of a transfer to one account'], rates)
    }
  })
}
