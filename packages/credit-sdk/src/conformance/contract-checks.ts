import { ATOMIC, must, requireRefusal } from './expect.ts'
import type { Check } from './subject.ts'

const DAY = 24 * 60 * 60 * 1000

/** What each method promises on its own. */
export const contractChecks: readonly Check[] = [
  {
    name: 'a floor holds an update back',
    async run({ adapter, createUser }) {
      const userId = await createUser({ credits: 10 })
      const updated = await adapter.updateUserCredits(userId, -11, undefined, { floor: 0 })
      const user = await adapter.getUserById(userId)
      must(
        updated === null && user?.credits === 10,
        `11 credits were taken from a balance of 10, though the floor was 0. ${ATOMIC}`,
      )
    },
  },
  {
    name: 'a balance that was never opened is 0, and no unknown user',
    async run({ engine, createUser }) {
      const userId = await createUser({ credits: null })
      const balance = await engine.queryBalance(userId)
      must(balance === 0, `A balance that was never opened reads as ${balance}.`)
      const sentence = 'A charge from a balance that was never opened must be refused as too expensive.'
      await requireRefusal('INSUFFICIENT_CREDITS', sentence, engine.charge({ userId, action: 'act' }))
      const { balanceAfter } = await engine.grant({ userId, amount: 25, action: 'welcome' })
      must(balanceAfter === 25, `A grant of 25 to a balance that was never opened made ${balanceAfter}.`)
    },
  },
  {
    name: 'an unknown user is told as one',
    async run({ engine, unknownUserId }) {
      const charge = engine.charge({ userId: unknownUserId, action: 'act' })
      await requireRefusal('USER_NOT_FOUND', 'A charge of a user who is not there must say so.', charge)
    },
  },
  {
    name: 'the ledger keeps who, what and why',
    async run({ engine, createUser }) {
      const userId = await createUser({ credits: 100 })
      const metadata = { order: 'o-1', nested: { list: [1, 'two', null] }, text: 'ümlaut 😀' }
      const charge = await engine.charge({ userId, action: 'measured', variables: { n: 5 }, metadata })
      await engine.grant({ userId, amount: 7, action: 'gift' })
      const [gift, row] = await engine.getHistory(userId)
      must(
        row?.id === charge.transactionId && row.userId === userId && row.action === 'measured',
        'A ledger row does not say who was charged for what, or getTransactions is not newest first.',
      )
      must(gift?.amount === 7 && row.amount === -3, 'A formula of 2.5 credits must be charged as 3.')
      const kept = JSON.stringify({ ...row.metadata, rawCost: undefined, variables: undefined })
      must(sortedJson(JSON.parse(kept)) === sortedJson(metadata), `Metadata came back as ${kept}.`)
      must(row.metadata.rawCost === 2.5, 'The raw price of a formula is missing in the metadata.')
      const age = Date.now() - row.createdAt.getTime()
      must(Math.abs(age) < DAY, `A new ledger row was made at ${row.createdAt}: times must be stored in UTC.`)
    },
  },
  {
    name: 'history is filtered and paged',
    async run({ engine, createUser }) {
      const userId = await createUser({ credits: 100 })
      const before = (await engine.getHistory(userId)).length
      for (const action of ['act', 'measured', 'act']) await engine.charge({ userId, action, amount: 1 })
      const only = await engine.getHistory(userId, { action: 'act' })
      must(only.length === 2, `Of 2 rows of an action getTransactions found ${only.length}.`)
      const page = await engine.getHistory(userId, { limit: 1, offset: 1 })
      must(page.length === 1 && page[0]?.action === 'measured', 'limit and offset do not page newest first.')
      const past = await engine.getHistory(userId, { endDate: new Date(Date.now() - DAY) })
      const future = await engine.getHistory(userId, { startDate: new Date(Date.now() - DAY) })
      must(
        past.length === 0 && future.length === before + 3,
        'startDate and endDate do not bound the history.',
      )
    },
  },
]

function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}
