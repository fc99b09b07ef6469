import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { creditService } from '../../lib/credits/index.ts'
import { openApp } from './app.ts'
import type { Engine } from './engine.ts'

let app: Engine
beforeAll(async () => {
  app = await openApp()
})
afterAll(() => app.close())

test('a meter sends many charges at once, and each entry has its own answer', async () => {
  const userId = await app.createUser({ balance: 10 })
  const charge = { action: 'meter', idempotencyKey: 'first' }
  const answers = await creditService.deductMany([
    { userId, amount: 3, ...charge },
    { userId, amount: 8 },
    { userId, amount: 3, ...charge },
    { userId, amount: 4, ...charge },
    { userId: randomUUID(), amount: 1 },
    { userId: 'somebody', amount: 1 },
    { userId, amount: 1.5 },
    { userId, amount: 1, description: 'half a pair: \ud800' },
    { userId, amount: 1, idempotencyKey: 'k'.repeat(300) },
    { userId, amount: 7 },
  ])
  const told = answers.map((answer) => (answer.ok ? answer.balance : answer.error.code))
  expect(told).toEqual([
    7,
    'insufficient_credits',
    7,
    'idempotency_conflict',
    'insufficient_credits',
    'invalid_id',
    'invalid_amount',
    'invalid_text',
    'invalid_key',
    0,
  ])
  expect(answers[2]).toMatchObject({ ok: true, replayed: true })
  expect(answers[1]).toMatchObject({
    error: { status: 402, details: { currentBalance: 7, requiredCredits: 8, shortfall: 1 } },
  })
  expect(await app.ledger(userId)).toEqual(['purchase 10', 'deduction -3', 'deduction -7'])
})

test('an import adds to many wallets at once, for good and until a day', async () => {
  const users = [await app.createUser(), await app.createUser()]
  const answers = await creditService.addMany(
    users.map((userId, index) => ({
      userId,
      amount: 50,
      type: 'promotion' as const,
      description: 'Spring',
      idempotencyKey: 'spring',
      ...(index === 1 && { expiresAt: new Date(Date.now() + 86_400_000).toISOString() }),
    })),
  )
  expect(answers).toMatchObject([
    { ok: true, amount: 50, balance: 50 },
    { ok: true, amount: 50, balance: 50 },
  ])
  expect(await creditService.getExpiringCredits(users[0] ?? '')).toEqual([])
  expect(await creditService.getExpiringCredits(users[1] ?? '')).toMatchObject([
    { credits: 50, source: 'Spring' },
  ])
})

test('nothing to send is nothing, and more than a thousand is refused as a whole', async () => {
  const userId = await app.createUser({ balance: 10 })
  expect(await creditService.deductMany([])).toEqual([])
  const tooMany = Array.from({ length: 1_001 }, () => ({ userId, amount: 1 }))
  await expect(creditService.deductMany(tooMany)).rejects.toMatchObject({
    code: 'batch_too_large',
    status: 400,
  })
  expect(await app.ledger(userId)).toEqual(['purchase 10'])
})
