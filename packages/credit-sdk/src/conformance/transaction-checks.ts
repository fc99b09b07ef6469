import { LOCK, must, requireLedger } from './expect.ts'
import type { Check } from './subject.ts'

class Undo extends Error {}

/** What `transaction` and the caller's own `txn` promise. */
export const transactionChecks: readonly Check[] = [
  {
    name: "a rollback of the caller's transaction takes everything back",
    async run({ adapter, engine, createUser }) {
      const userId = await createUser({ credits: 100 })
      const before = (await engine.getHistory(userId)).length
      const work = adapter.transaction(async (txn) => {
        await engine.charge({ userId, action: 'act', idempotencyKey: 'k', txn })
        await engine.grant({ userId, amount: 5, action: 'gift', txn })
        const inside = await engine.queryBalance(userId, txn)
        must(inside === 95, `Inside of its transaction a balance of 95 reads as ${inside}. ${LOCK}`)
        throw new Undo()
      })
      const [outcome] = await Promise.allSettled([work])
      if (outcome?.status === 'rejected' && !(outcome.reason instanceof Undo)) throw outcome.reason
      must(outcome?.status === 'rejected', 'transaction must reject with what its work rejects with.')
      const balance = await engine.queryBalance(userId)
      const rows = await engine.getHistory(userId)
      must(
        balance === 100 && rows.length === before,
        `A transaction that was rolled back left a balance of ${balance} instead of 100 and ${rows.length - before} ledger rows. transaction must be a real one.`,
      )
      await engine.charge({ userId, action: 'act', idempotencyKey: 'k' })
      const charged = await engine.queryBalance(userId)
      must(
        charged === 90,
        'A key of a transaction that was rolled back is still in use: createIdempotencyRecord must work in the transaction it is given.',
      )
    },
  },
  {
    name: "a commit of the caller's transaction keeps everything",
    async run({ adapter, engine, createUser }) {
      const userId = await createUser({ credits: 100 })
      await adapter.transaction(async (txn) => {
        await engine.charge({ userId, action: 'act', idempotencyKey: 'k', txn })
        await engine.charge({ userId, action: 'act', idempotencyKey: 'k', txn })
      })
      const balance = await engine.queryBalance(userId)
      must(balance === 90, `A key used twice in one transaction left ${balance} instead of 90.`)
      await requireLedger(engine, userId, 100)
    },
  },
  {
    name: "a refusal leaves the caller's transaction usable",
    async run({ adapter, engine, createUser }) {
      const userId = await createUser({ credits: 15 })
      await adapter.transaction(async (txn) => {
        await engine.charge({ userId, action: 'act', txn })
        await engine.charge({ userId, action: 'act', txn }).catch(() => {})
        await engine.grant({ userId, amount: 1, action: 'consolation', txn })
      })
      const balance = await engine.queryBalance(userId)
      must(balance === 6, `A refused charge between others left ${balance} instead of 6.`)
      await requireLedger(engine, userId, 15)
    },
  },
]
