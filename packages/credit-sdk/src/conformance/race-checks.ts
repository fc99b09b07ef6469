import { ATOMIC, countSuccesses, LOCK, must, requireLedger } from './expect.ts'
import type { Check, Subject } from './subject.ts'

const times = <T>(count: number, work: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => work(index))

const MIN_WAIT_MS = 200
const MAX_WAIT_MS = 3000

/** Waits long enough for an update that waits for nothing, as long as one takes here and now. */
async function measureUpdate<Txn>({ adapter, createUser }: Subject<Txn>): Promise<() => Promise<void>> {
  const userId = await createUser({ credits: 0 })
  let longest = 0
  for (let count = 0; count < 3; count += 1) {
    const startedAt = performance.now()
    await adapter.updateUserCredits(userId, 1)
    longest = Math.max(longest, performance.now() - startedAt)
  }
  const wait = Math.min(MAX_WAIT_MS, Math.max(MIN_WAIT_MS, 10 * longest))
  return () => new Promise((resolve) => setTimeout(resolve, wait))
}

/** What must hold when everything happens at once. */
export const raceChecks: readonly Check[] = [
  {
    name: 'a row stays locked once it was touched',
    async run(subject) {
      const { adapter, createUser } = subject
      const wait = await measureUpdate(subject)
      const userId = await createUser({ credits: 100 })
      let isOpen = true
      let other: Promise<boolean> | undefined
      await adapter.transaction(async (txn) => {
        await adapter.updateUserCredits(userId, 0, txn)
        other = adapter.updateUserCredits(userId, 1).then(() => isOpen)
        await Promise.race([other, wait()])
        isOpen = false
      })
      must(
        (await other) === false,
        `Somebody changed a balance that another transaction had touched. ${LOCK}`,
      )
    },
  },
  {
    name: 'a charge that waits for the last credits',
    async run(subject) {
      const { adapter, engine, createUser } = subject
      const wait = await measureUpdate(subject)
      const userId = await createUser({ credits: 10 })
      let waiting: Promise<PromiseSettledResult<unknown>[]> | undefined
      await adapter.transaction(async (txn) => {
        await engine.charge({ userId, action: 'act', txn })
        waiting = Promise.allSettled([engine.charge({ userId, action: 'act' })])
        await wait()
      })
      const [outcome] = (await waiting) ?? []
      const balance = await engine.queryBalance(userId)
      must(
        outcome?.status === 'rejected' && balance === 0,
        `A charge that waited for another one, which took the last credits, left a balance of ${balance}. ${LOCK}`,
      )
      await requireLedger(engine, userId, 10)
    },
  },
  {
    name: 'a charge that waits for a grant',
    async run(subject) {
      const { adapter, engine, createUser } = subject
      const wait = await measureUpdate(subject)
      const userId = await createUser({ credits: 5 })
      const charge = () => engine.charge({ userId, action: 'act', idempotencyKey: 'k' })
      let waiting: Promise<unknown> | undefined
      await adapter.transaction(async (txn) => {
        await engine.grant({ userId, amount: 20, action: 'top-up', txn })
        waiting = Promise.allSettled([charge()])
        await wait()
      })
      await waiting
      await charge()
      const balance = await engine.queryBalance(userId)
      must(
        balance === 15,
        `A charge of 10 that waited for a grant, and its repetition, left ${balance} of 25. ${LOCK}`,
      )
      await requireLedger(engine, userId, 5)
    },
  },
  {
    name: '20 parallel charges of 10 from 100',
    async run({ engine, createUser }) {
      const userId = await createUser({ credits: 100 })
      const charges = times(20, () => engine.charge({ userId, action: 'act' }))
      const sold = await countSuccesses(charges, 'INSUFFICIENT_CREDITS')
      const balance = await engine.queryBalance(userId)
      must(
        sold === 10 && balance === 0,
        `20 parallel charges of 10 from a balance of 100: ${sold} were sold and the balance is ${balance}. ${ATOMIC}`,
      )
      await requireLedger(engine, userId, 100)
    },
  },
  {
    name: 'one key 20 times at once',
    async run({ engine, createUser }) {
      const userId = await createUser({ credits: 100 })
      const charges = times(20, () => engine.charge({ userId, action: 'act', idempotencyKey: 'order-1' }))
      const results = await Promise.all(charges)
      const balance = await engine.queryBalance(userId)
      must(balance === 90, `One key used 20 times at once charged ${(100 - balance) / 10} times. ${LOCK}`)
      must(
        new Set(results.map((result) => JSON.stringify(result))).size === 1,
        'One key used 20 times at once had different results.',
      )
      await requireLedger(engine, userId, 100)
    },
  },
  {
    name: 'charges, refunds and grants crossing',
    async run({ engine, createUser }) {
      const userId = await createUser({ credits: 1000 })
      const operations = times(30, (index) => {
        if (index % 3 === 0) return engine.charge({ userId, action: 'act' })
        return engine[index % 3 === 1 ? 'refund' : 'grant']({ userId, amount: 3, action: 'act' })
      })
      await countSuccesses(operations)
      const balance = await engine.queryBalance(userId)
      must(
        balance === 960,
        `10 charges of 10 and 20 credits of 3 at once made 1000 to ${balance} instead of 960. ${LOCK}`,
      )
      await requireLedger(engine, userId, 1000)
    },
  },
  {
    name: 'refunds of one charge at once never exceed it',
    async run({ engine, createUser }) {
      const userId = await createUser({ credits: 100 })
      const { transactionId } = await engine.charge({ userId, action: 'act' })
      const refunds = times(10, () => engine.refund({ userId, amount: 3, action: 'act', transactionId }))
      const done = await countSuccesses(refunds, 'REFUND_LIMIT')
      must(done === 3, `A charge of 10 was refunded ${done} times with 3 credits. ${LOCK}`)
      await requireLedger(engine, userId, 100)
    },
  },
  {
    name: 'an upgrade among charges',
    async run({ engine, createUser, tiers: [, higher] }) {
      const userIds = await Promise.all(times(5, () => createUser({ credits: 100 })))
      const operations = userIds.flatMap((userId): Promise<unknown>[] => [
        ...times(5, () => engine.charge({ userId, action: 'act' })),
        engine.upgradeTier({ userId, targetTier: higher }),
        ...times(5, () => engine.charge({ userId, action: 'act' })),
      ])
      await countSuccesses(operations)
      for (const userId of userIds) await requireLedger(engine, userId, 100)
    },
  },
]
