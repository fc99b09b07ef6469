import { interleave, type Measure, printRates, withClients } from './interleaved.ts'
import { bareUpdate, CLIENTS, runRound, type Work } from './rounds.ts'
import { WALLETS } from './wallets.ts'

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
  await withClients(async ({ connections }) => {
    for (const wallets of [1, WALLETS]) {
      const by = (work: Work, clients: number) => async () =>
        (await runRound(work, wallets, connections.slice(0, clients))).rate
      const batches = SENDERS.map(
        (senders): Measure => [`deduct_many of ${ENTRIES}, ${senders} clients`, by(deductMany, senders)],
      )
      const rates = await interleave([
        [`bare conditional UPDATE, ${CLIENTS} clients`, by(bareUpdate, CLIENTS)],
        [`deduct_credits, ${CLIENTS} clients`, by(deductOne, CLIENTS)],
        ...batches,
      ])
      printRates(
        `${wallets.toLocaleString('en')} wallets`,
        ['charges per second', 'of the bare UPDATE'],
        rates,
      )
    }
  })
}
