import { must, requireRefusal } from './expect.ts'
import { type Check, KEY_TTL } from './subject.ts'

/** What an idempotency key promises. */
export const keyChecks: readonly Check[] = [
  {
    name: 'two users with one key',
    async run({ engine, createUser }) {
      const results = []
      for (const credits of [100, 50]) {
        const userId = await createUser({ credits })
        results.push(await engine.charge({ userId, action: 'act', idempotencyKey: 'shared' }))
      }
      const balances = results.map(({ balanceAfter }) => balanceAfter)
      must(balances.join() === '90,40', 'A key of one user was answered with the result of another user.')
    },
  },
  {
    name: 'a key is for one request',
    async run({ engine, createUser }) {
      const userId = await createUser({ credits: 100 })
      await engine.charge({ userId, action: 'act', idempotencyKey: 'k' })
      const other = engine.charge({ userId, action: 'act', amount: 20, idempotencyKey: 'k' })
      await requireRefusal(
        'IDEMPOTENCY_KEY_CONFLICT',
        'A key used for another request must be refused.',
        other,
      )
      const grant = engine.grant({ userId, amount: 10, action: 'act', idempotencyKey: 'k' })
      await requireRefusal(
        'IDEMPOTENCY_KEY_CONFLICT',
        'A key used for another operation must be refused.',
        grant,
      )
      const [first, second] = [
        await engine.charge({ userId, action: 'act', idempotencyKey: 'Case' }),
        await engine.charge({ userId, action: 'act', idempotencyKey: 'case' }),
      ]
      must(first.transactionId !== second.transactionId, 'Keys that differ in case are taken for one.')
    },
  },
  {
    name: 'a repeated key gets the first result',
    async run({ engine, createUser }) {
      const userId = await createUser({ credits: 10 })
      const charge = () => engine.charge({ userId, action: 'act', idempotencyKey: 'k' })
      const first = await charge()
      const again = await charge()
      const same = JSON.stringify(first) === JSON.stringify(again)
      must(same, `A repeated key got ${JSON.stringify(again)} instead of ${JSON.stringify(first)}.`)
      const refund = () => {
        const { transactionId } = first
        return engine.refund({ userId, amount: 10, action: 'act', transactionId, idempotencyKey: 'back' })
      }
      const ids = [(await refund()).transactionId, (await refund()).transactionId]
      must(new Set(ids).size === 1, 'A repeated key of a refund refunded again.')
    },
  },
  {
    name: 'a refused charge does not use its key up',
    async run({ engine, createUser }) {
      const userId = await createUser({ credits: 5 })
      const charge = () => engine.charge({ userId, action: 'act', idempotencyKey: 'k' })
      await requireRefusal('INSUFFICIENT_CREDITS', 'A charge of 10 from 5 must be refused.', charge())
      await engine.grant({ userId, amount: 5, action: 'top-up' })
      const { balanceAfter } = await charge()
      must(balanceAfter === 0, 'A key whose first charge was refused does not charge after a top-up.')
    },
  },
  {
    name: 'clean-up of keys while they are in use',
    async run({ engine, createEngine, createUser }) {
      const userId = await createUser({ credits: 100 })
      const charge = () => engine.charge({ userId, action: 'act', idempotencyKey: 'busy' })
      await charge()
      await Promise.all([
        charge(),
        engine.deleteExpiredKeys(),
        charge(),
        engine.deleteExpiredKeys(),
        charge(),
      ])
      const balance = await engine.queryBalance(userId)
      must(balance === 90, `While keys were cleaned up, one key charged ${(100 - balance) / 10} times.`)

      const later = createEngine((KEY_TTL + 1) * 1000)
      const deleted = await later.deleteExpiredKeys()
      must(deleted >= 1, 'deleteExpiredIdempotencyRecords left an expired key, or does not count.')
      await charge()
      must((await engine.queryBalance(userId)) === 80, 'A key that was cleaned up cannot be used again.')
    },
  },
  {
    name: 'an expired key is free, cleaned up or not',
    async run({ engine, createEngine, createUser }) {
      const userId = await createUser({ credits: 100 })
      const old = createEngine(-2 * KEY_TTL * 1000)
      await old.charge({ userId, action: 'act', idempotencyKey: 'k' })
      await engine.charge({ userId, action: 'act', idempotencyKey: 'k' })
      await engine.charge({ userId, action: 'act', idempotencyKey: 'k' })
      const balance = await engine.queryBalance(userId)
      must(balance === 80, `An expired key and its second use left ${balance} instead of 80.`)
    },
  },
]
