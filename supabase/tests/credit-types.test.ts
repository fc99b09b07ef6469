import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { creditService } from '../../lib/credits/index.ts'
import { defineTool } from '../../lib/tool-runner/define-tool.ts'
import { reserveForRun } from '../../lib/tool-runner/reserve-for-run.ts'
import { openApp } from './app.ts'
import type { Engine } from './engine.ts'

// A product that sells three kinds of credits beside the general ones, as a sales tool would.

const input = z.strictObject({ count: z.int().positive() })
const run = () => ({})
const enrich = defineTool({
  ...{ id: 'enrich-contact', name: 'Enrich contacts', input, run },
  creditType: 'enrichment',
  cost: ({ input: { count } }) => 2 * count,
})
const call = defineTool({
  ...{ id: 'call-contact', name: 'Call a contact', input, run },
  creditType: 'calling',
  cost: ({ input: { count }, tier }) => count * (tier ? 3 : 5),
})
const scrape = defineTool({
  ...{ id: 'scrape-page', name: 'Scrape pages', input, run },
  creditType: 'scraping',
  cost: ({ input: { count } }) => Math.ceil(count / 10),
})

let app: Engine
let user: { id: string; email: string; internal: string }

beforeAll(async () => {
  app = await openApp()
  await app.owner`
    insert into credit_types (id, name, signup_bonus)
    values ('enrichment', 'Enrichment credits', 10), ('calling', 'Calling minutes', 0), ('scraping', 'Scraping credits', 0)`
})
afterAll(() => app.close())

beforeEach(async () => {
  user = { id: await app.createUser(), email: 'somebody@example.com', internal: 'test' }
  await creditService.addCredits(user.id, 50, { creditType: 'enrichment', description: 'Enrichment pack' })
  await creditService.addCredits(user.id, 20, { creditType: 'calling', description: 'Calling pack' })
  return () => app.expectSoundLedger()
})

type AnyTool = typeof enrich
const start = async (tool: AnyTool, count: number) => {
  const reserved = await reserveForRun(tool, { user, input: { count }, key: null })
  if (!('reservation' in reserved)) throw new Error('It was answered from before.')
  return reserved.reservation
}

describe('each credit type', () => {
  test('is a wallet of its own', async () => {
    expect(await creditService.getAllBalances(user.id)).toEqual({
      general: expect.objectContaining({ balance: 0 }),
      enrichment: expect.objectContaining({ balance: 50, totalPurchased: 50, totalUsed: 0, version: 1 }),
      calling: expect.objectContaining({ balance: 20, totalPurchased: 20 }),
    })
    expect(await creditService.getUserCredits(user.id, 'calling')).toBe(20)
    expect(await creditService.getUserCredits(user.id, 'scraping')).toBe(0)
    expect(await creditService.getUserCredits(user.id)).toBe(0)
  })

  test('has its own price, paid by its own wallet', async () => {
    await start(enrich, 3)
    await start(call, 2)
    await creditService.addCredits(user.id, 5, { creditType: 'scraping' })
    await start(scrape, 11)
    const balances = await creditService.getAllBalances(user.id)
    expect(Object.entries(balances).map(([type, { balance }]) => [type, balance])).toEqual(
      expect.arrayContaining([
        ['general', 0],
        ['enrichment', 44],
        ['calling', 10],
        ['scraping', 3],
      ]),
    )
  })

  test('has its own price by membership', async () => {
    await creditService.setMembership(user.id, 'pro')
    expect((await start(call, 2)).amount).toBe(-6)
  })

  test('has its own history and usage', async () => {
    const { transactionId } = await start(enrich, 3)
    await creditService.settle(transactionId, { amount: 4, reason: 'One contact was not found' })
    await start(call, 1)
    const history = await creditService.getTransactionHistory(user.id, { creditType: 'enrichment' })
    expect(history.map(({ type, amount, seq }) => ({ type, amount, seq }))).toEqual([
      { type: 'refund', amount: 2, seq: 3 },
      { type: 'deduction', amount: -6, seq: 2 },
      { type: 'purchase', amount: 50, seq: 1 },
    ])
    expect(await creditService.getUsageStats(user.id, { creditType: 'enrichment' })).toMatchObject({
      totalUsed: 4,
      totalPurchased: 50,
      totalRefunded: 2,
      count: 1,
      byAction: [{ action: 'enrich-contact', used: 4, count: 1 }],
    })
    expect(await creditService.getUsageStats(user.id, { creditType: 'scraping' })).toBeNull()
  })

  test('grants its own bonus to who confirms the address', async () => {
    await app.owner`update auth.users set email_confirmed_at = now() where id = ${user.id}`
    const balances = await creditService.getAllBalances(user.id)
    expect(balances).toMatchObject({
      general: { balance: 100 },
      enrichment: { balance: 60 },
      calling: { balance: 20 },
    })
  })

  test('gets its refunds, and says so, so that no tab takes them for those of another', async () => {
    await creditService.deductCredits(user.id, 6, { creditType: 'calling' })
    const [charge] = await creditService.getTransactionHistory(user.id, { creditType: 'calling' })
    const refunded = await creditService.refundTransaction(charge?.id ?? 0)
    expect(refunded).toMatchObject({ creditType: 'calling', balance: 20, amount: 6 })
    const again = await creditService.refundTransaction(charge?.id ?? 0)
    expect(again).toMatchObject({ creditType: 'calling', replayed: true })
  })

  test('can be given and taken by an admin', async () => {
    const [admin] = await app.owner<{ user_id: string }[]>`select user_id from user_roles limit 1`
    const options = { reason: 'A test call failed', actorId: admin?.user_id ?? '', creditType: 'calling' }
    expect(await creditService.adjustCredits(user.id, 5, options)).toMatchObject({ balance: 25 })
    expect(await creditService.adjustCredits(user.id, -25, options)).toMatchObject({ balance: 0 })
  })
})

describe('a wallet that is short', () => {
  test('says by how much', async () => {
    expect(await creditService.checkBalance(user.id, 50, 'enrichment')).toEqual({
      ...{ hasSufficient: true, balance: 50, shortfall: 0 },
    })
    expect(await creditService.checkBalance(user.id, 51, 'enrichment')).toEqual({
      ...{ hasSufficient: false, balance: 50, shortfall: 1 },
    })
    expect(await creditService.checkBalance(user.id, 7, 'scraping')).toEqual({
      ...{ hasSufficient: false, balance: 0, shortfall: 7 },
    })
    expect(await creditService.hasCredits(user.id, 20, 'calling')).toBe(true)
    expect(await creditService.hasCredits(user.id, 21, 'calling')).toBe(false)
    expect(await creditService.hasCredits(user.id, 1)).toBe(false)
  })

  test('is not helped by a rich one beside it', async () => {
    await expect(start(call, 5)).rejects.toMatchObject({
      code: 'insufficient_credits',
      status: 402,
      details: { currentBalance: 20, requiredCredits: 25, shortfall: 5 },
    })
    await expect(creditService.deductCredits(user.id, 1, { creditType: 'scraping' })).rejects.toMatchObject({
      details: { currentBalance: 0, requiredCredits: 1, shortfall: 1 },
    })
    expect(await creditService.getUserCredits(user.id, 'enrichment')).toBe(50)
  })
})

test('a key is used once, whichever wallet it meets', async () => {
  const options = { idempotencyKey: 'order-1', action: 'order' }
  await creditService.deductCredits(user.id, 1, { ...options, creditType: 'calling' })
  await creditService.deductCredits(user.id, 1, { ...options, creditType: 'calling' })
  await expect(
    creditService.deductCredits(user.id, 1, { ...options, creditType: 'enrichment' }),
  ).rejects.toMatchObject({ code: 'idempotency_conflict', status: 409 })
  expect(await creditService.getUserCredits(user.id, 'calling')).toBe(19)
})

test('a credit type nobody sells is refused in words', async () => {
  await expect(creditService.addCredits(user.id, 1, { creditType: 'wishes' })).rejects.toMatchObject({
    code: 'unknown_credit_type',
    status: 404,
    message: 'There is no such credit type.',
  })
})
