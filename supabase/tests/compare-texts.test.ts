import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { creditService, type MembershipTier } from '../../lib/credits/index.ts'
import { settleAll } from './after-answers.ts'
import { connectAgent } from './agent.ts'
import { type ApiClient, createApiClient } from './api-client.ts'
import { openApp } from './app.ts'
import type { Engine } from './engine.ts'
import { DOORS, openDoors } from './tool-doors.ts'

vi.mock('next/server', () => import('./after-answers.ts'))

const TOOL = { id: 'compare-texts', input: { before: 'Opened in 1874.', after: 'Opened in 1887.' } }
const REFUSAL = { error: 'membership_required', message: 'This needs the Pro membership.' }

let app: Engine
let client: ApiClient
beforeAll(async () => {
  app = await openApp()
})
afterAll(() => app.close())
beforeEach(async () => {
  client = await createApiClient(app)
  return client.finish
})

const join = (tier: MembershipTier | null) => creditService.setMembership(client.user, tier)
const ledger = () => app.ledger(client.user)

/** What comes back at a door: the answer, or the refusal as the app tells it. */
async function knock(door: (typeof DOORS)[number], input: object = {}, key?: string): Promise<object> {
  const open = openDoors(client, { ...TOOL, input: { ...TOOL.input, ...input } })[door]
  return open(key).catch((error) => ({ error: error.code, message: error.message, status: error.status }))
}

describe.each(DOORS)('at the %s', (door) => {
  test('who has no membership is refused, whatever is sent, and pays nothing', async () => {
    expect(await knock(door)).toMatchObject({ ...REFUSAL, status: 403 })
    for (const claim of [{ tier: 'pro' }, { membership: 'pro' }, { requiredTier: null }]) {
      expect(await knock(door, claim)).toMatchObject({ error: 'bad_request' })
    }
    expect(await ledger()).toEqual(['purchase 100'])
    expect(await app.owner`select from runs where user_id = ${client.user}`).toHaveLength(0)
  })

  test.each(['pro', 'enterprise'] as const)('a %s membership opens it, for its price', async (tier) => {
    await join(tier)
    expect(await knock(door)).toMatchObject({
      creditsUsed: 1,
      changes: { added: 0, removed: 0, replaced: 1 },
    })
    await settleAll()
    expect(await ledger()).toEqual(['purchase 100', 'deduction -1'])
  })

  test('a membership that is over closes it again, and what was paid for under it is still given', async () => {
    await join('pro')
    const key = randomUUID()
    const result = await knock(door, {}, key)
    await settleAll()
    await join(null)
    expect(await knock(door)).toMatchObject(REFUSAL)
    expect(await knock(door, {}, key)).toEqual(result)
    expect(await ledger()).toEqual(['purchase 100', 'deduction -1'])
  })

  test('texts that differ too much are given back', async () => {
    await join('pro')
    const words = (letter: string) =>
      Array.from({ length: 5_000 }, (_, place) => `${letter}${place}`).join(' ')
    const answer = await knock(door, { before: words('a'), after: words('b') })
    expect(answer).toMatchObject({ message: expect.stringContaining('too little in common') })
    await settleAll()
    expect((await app.wallet(client.user)).balance).toBe(100)
  })
})

test('many at once on the last second of a membership are each paid, or refused', async () => {
  await join('pro')
  const calls = Array.from({ length: 6 }, () => knock('rest'))
  const [answers] = await Promise.all([Promise.all(calls), join(null)])
  await settleAll()
  const paid = answers.filter((answer) => 'creditsUsed' in answer)
  const refused = answers.filter((answer) => 'error' in answer)
  expect(refused.every((answer) => Reflect.get(answer, 'error') === REFUSAL.error)).toBe(true)
  expect(paid.length + refused.length).toBe(6)
  expect((await app.wallet(client.user)).balance).toBe(100 - paid.length)
})

test('agents are told which membership it takes', async () => {
  const { tools } = await (await connectAgent(client.secret)).listTools()
  expect(tools.find(({ name }) => name === TOOL.id)?.description).toMatch(/Pro/)
})
