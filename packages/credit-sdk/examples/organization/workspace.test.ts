import { beforeEach, expect, test } from 'vitest'
import { openWorkspace, spendingByMember } from './workspace.ts'

let workspace: ReturnType<typeof openWorkspace>

beforeEach(async () => {
  workspace = openWorkspace()
  for (const id of ['acme', 'other'])
    await workspace.db.insertInto('organizations').values({ id, name: id, membership_tier: 'team' }).execute()
  for (const [id, organization_id] of [
    ['ada', 'acme'],
    ['ben', 'acme'],
    ['eve', 'other'],
  ] as const)
    await workspace.db
      .insertInto('members')
      .values({ id, email: `${id}@example.com`, organization_id })
      .execute()
  await workspace.engine.grant({ userId: 'ada', amount: 100, action: 'purchase' })
})

test('members spend one balance, at once too, and nobody spends that of another organization', async () => {
  const { engine } = workspace
  const charges = Array.from({ length: 20 }, (_, index) =>
    engine.charge({ userId: index % 2 ? 'ada' : 'ben', action: 'report' }),
  )
  const outcomes = await Promise.allSettled(charges)
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(12)
  expect(await engine.queryBalance('ben')).toBe(4)
  await expect(engine.charge({ userId: 'eve', action: 'report' })).rejects.toMatchObject({ available: 0 })
})

test('the ledger tells who spent what', async () => {
  const { engine } = workspace
  await engine.charge({ userId: 'ben', action: 'report' })
  await engine.charge({ userId: 'ben', action: 'report' })
  await engine.charge({ userId: 'ada', action: 'report' })
  expect(await spendingByMember(workspace, 'acme')).toEqual([
    { email: 'ben@example.com', spent: 16 },
    { email: 'ada@example.com', spent: 8 },
  ])
})

test('a key belongs to the member who used it', async () => {
  const charge = (userId: string) =>
    workspace.engine.charge({ userId, action: 'report', idempotencyKey: 'r1' })
  const [ada, ben, again] = [await charge('ada'), await charge('ben'), await charge('ada')]
  expect(ben.transactionId).not.toBe(ada.transactionId)
  expect(again).toEqual(ada)
})
