import { beforeEach, expect, test } from 'vitest'
import { openAccounts } from './accounts.ts'

let accounts: ReturnType<typeof openAccounts>

beforeEach(async () => {
  accounts = openAccounts()
  const plain = { tokenBalance: 100, subscription: null, subscriptionEndDate: null }
  await accounts.db
    .insertInto('accounts')
    .values([
      { accountId: 1, ...plain, subscription: 'PRO_PLAN' },
      { accountId: 2, ...plain, subscription: 'PRO_PLAN', subscriptionEndDate: '2020-01-01T00:00:00.000Z' },
      { accountId: 3, ...plain, tokenBalance: null, subscription: 'GRANDFATHERED_2009' },
    ])
    .execute()
})

const post = (userId: string) => accounts.engine.charge({ userId, action: 'generate-post' })

test('the plan is the tier, one that has ended is none, and so is one the mapping does not know', async () => {
  expect((await post('1')).cost).toBe(8)
  expect((await post('2')).cost).toBe(10)
  await accounts.engine.grant({ userId: '3', amount: 10, action: 'gift' })
  expect((await post('3')).cost).toBe(10)
})

test('a NULL balance is 0, and opened by the first grant', async () => {
  expect(await accounts.engine.queryBalance('3')).toBe(0)
  await expect(post('3')).rejects.toMatchObject({ code: 'INSUFFICIENT_CREDITS', available: 0 })
  await accounts.engine.grant({ userId: '3', amount: 30, action: 'gift' })
  expect(await accounts.engine.queryBalance('3')).toBe(30)
})

test('a change of the tier writes the plan by its old name', async () => {
  await accounts.engine.upgradeTier({ userId: '1', targetTier: 'enterprise' })
  const account = await accounts.db
    .selectFrom('accounts')
    .selectAll()
    .where('accountId', '=', 1)
    .executeTakeFirst()
  expect(account).toMatchObject({ subscription: 'BUSINESS_PLAN', tokenBalance: 10_000 })
})
