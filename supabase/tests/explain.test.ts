import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { COMPLEXITIES, calculateToolCost, creditService, type Reservation } from '../../lib/credits/index.ts'
import { defineTool } from '../../lib/tool-runner/define-tool.ts'
import { reserveForRun } from '../../lib/tool-runner/reserve-for-run.ts'
import { openApp } from './app.ts'
import type { Engine } from './engine.ts'

const drawPoster = defineTool({
  id: 'draw-poster',
  name: 'Draw a poster',
  input: z.strictObject({ complexity: z.enum(COMPLEXITIES) }),
  cost: ({ input }) => calculateToolCost('image-generation', input.complexity),
  explain: ({ complexity }) => ({ rule: 'image-generation × complexity', input: { complexity } }),
  run: () => ({}),
})

let app: Engine
let user: { id: string; email: string; internal: string }

beforeAll(async () => {
  app = await openApp()
})
afterAll(() => app.close())

beforeEach(async () => {
  user = { id: await app.createUser({ balance: 100 }), email: 'somebody@example.com', internal: 'test' }
  return () => app.expectSoundLedger()
})

async function draw(): Promise<Reservation> {
  const reserved = await reserveForRun(drawPoster, { user, input: { complexity: 'medium' }, key: null })
  if (!('reservation' in reserved)) throw new Error('It was answered from before.')
  return reserved.reservation
}
const explain = (transactionId: number) => creditService.explainTransaction(user.id, transactionId)

describe('a charge says', () => {
  test('which rule and inputs made its price, and that no membership counted', async () => {
    const { transactionId } = await draw()
    expect(await explain(transactionId)).toEqual({
      transactionId,
      amount: -5,
      reason: 'Draw a poster',
      price: {
        rule: 'image-generation × complexity',
        prices: { default: 5, pro: 5, enterprise: 5 },
        tier: null,
        input: { complexity: 'medium' },
      },
      grants: [],
      hold: expect.objectContaining({ status: 'open', settled_amount: null, finished_at: null }),
      refunded: 0,
      reverses: null,
      continues: null,
    })
  })

  test('which membership counted, even after it is gone', async () => {
    await creditService.setMembership(user.id, 'pro')
    const { transactionId } = await draw()
    await creditService.setMembership(user.id, null)
    expect((await explain(transactionId))?.price?.tier).toBe('pro')
  })

  test('which expiring credits paid for it, in their order', async () => {
    const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()
    const grant = (amount: number, days: number, description: string) =>
      creditService.addCredits(user.id, amount, {
        expiresAt: inDays(days),
        description,
        type: 'subscription_grant',
      })
    await grant(50, 60, 'Next month')
    await grant(2, 5, 'Trial')
    const { transactionId } = await draw()
    expect((await explain(transactionId))?.grants).toEqual([
      { grant: expect.any(Number), amount: 2, source: 'Trial', expiresAt: expect.stringMatching(/^\d{4}-/) },
      { grant: expect.any(Number), amount: 3, source: 'Next month', expiresAt: expect.any(String) },
    ])
  })

  test('how its run ended, and what came back', async () => {
    const cheaper = await draw()
    await creditService.settle(cheaper.transactionId, {
      amount: 2,
      reason: 'The run cost less than its price',
    })
    expect(await explain(cheaper.transactionId)).toMatchObject({
      refunded: 3,
      hold: { status: 'settled', settled_amount: 2, reason: 'The run cost less than its price' },
    })
    const failed = await draw()
    await creditService.release(failed.transactionId, { reason: 'Given back: tool timed out' })
    expect(await explain(failed.transactionId)).toMatchObject({
      refunded: 5,
      hold: { status: 'released', reason: 'Given back: tool timed out' },
    })
  })

  test('that its server died', async () => {
    const { transactionId } = await draw()
    await app.owner`update credit_holds set expires_at = clock_timestamp() where transaction_id = ${transactionId}`
    await app.call('release_expired_holds', {})
    expect(await explain(transactionId)).toMatchObject({
      refunded: 5,
      hold: { status: 'expired', reason: 'The run did not end in time, so its credits came back.' },
    })
  })
})

test('a refund says which charge it gives back', async () => {
  const { transactionId } = await draw()
  await creditService.release(transactionId)
  const [refund] = await creditService.getTransactionHistory(user.id)
  expect(await explain(refund?.id ?? 0)).toMatchObject({ amount: 5, reverses: transactionId, price: null })
})

test('a row that no price rule made says why it is there', async () => {
  const [bought] = await creditService.getTransactionHistory(user.id)
  expect(await explain(bought?.id ?? 0)).toMatchObject({ amount: 100, price: null, hold: null, grants: [] })
})

test('nobody else’s row is explained, nor one there is not', async () => {
  const { transactionId } = await draw()
  expect(await creditService.explainTransaction(await app.createUser(), transactionId)).toBeNull()
  expect(await explain(transactionId + 1_000_000)).toBeNull()
})
