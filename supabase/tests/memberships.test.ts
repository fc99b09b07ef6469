import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { readTier } from '../../lib/account/read-tier.ts'
import { creditService, type MembershipTier } from '../../lib/credits/index.ts'
import { defineTool } from '../../lib/tool-runner/define-tool.ts'
import { reserveForRun } from '../../lib/tool-runner/reserve-for-run.ts'
import { openApp } from './app.ts'
import type { Engine } from './engine.ts'

// Pages read as whoever looks; that others see nothing, row-access.test.ts shows.
vi.mock('../../lib/supabase/server.ts', () => import('./admin-reads.ts'))

const PRICES = { pro: 6, enterprise: 4 }

const render = defineTool({
  id: 'render',
  name: 'Render a film',
  input: z.strictObject({}),
  cost: ({ tier }) => (tier ? PRICES[tier] : 10),
  run: () => ({}),
})
const renderForMembers = { ...render, id: 'render-large', requiredTier: 'pro' as const }

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

async function pay(tool = render): Promise<number> {
  const reserved = await reserveForRun(tool, { user, input: {}, key: null })
  if (!('reservation' in reserved)) throw new Error('It was answered from before.')
  return -reserved.reservation.amount
}
/** What the tool's page shows this reader. */
const readShownPrice = async () => render.cost({ input: {}, tier: await readTier(user.id) })
const join = (tier: MembershipTier | null, expiresAt?: Date) =>
  creditService.setMembership(user.id, tier, { expiresAt: expiresAt?.toISOString() })
const inAnHour = () => new Date(Date.now() + 3_600_000)
/** The membership ends so many milliseconds from now. */
const letEnd = (inMs = 0) =>
  app.owner`
    update profiles set membership_expires_at = clock_timestamp() + ${inMs} * interval '1 ms' where id = ${user.id}`

describe('a price', () => {
  test('is that of the tier at the moment of the charge', async () => {
    expect(await pay()).toBe(10)
    await join('pro')
    expect(await pay()).toBe(6)
    await join('enterprise')
    expect(await pay()).toBe(4)
    await join(null)
    expect(await pay()).toBe(10)
  })

  test('is what the page shows, before, during and after a membership', async () => {
    expect([await readShownPrice(), await pay()]).toEqual([10, 10])
    await join('pro', inAnHour())
    expect([await readShownPrice(), await pay()]).toEqual([6, 6])
    await letEnd()
    expect([await readShownPrice(), await pay()]).toEqual([10, 10])
  })

  test('loses its discount at the second the membership ends', async () => {
    await join('pro', inAnHour())
    expect(await pay()).toBe(6)
    await letEnd(200)
    await delay(220)
    expect(await pay()).toBe(10)
  })

  test('of a tier that a tool names no price for is everybody’s', async () => {
    await join('enterprise')
    const answer = await app.call('reserve_credits', {
      ...{ p_user_id: user.id, p_action: 'render', p_prices: { default: 7, pro: 6 }, p_hold_ms: 60_000 },
      ...{ p_caller: { internal: 'test' } },
    })
    expect(answer).toMatchObject({ ok: true, amount: -7 })
  })
})

describe('an action for members', () => {
  const refusal = {
    code: 'membership_required',
    status: 403,
    message: 'This needs the Pro membership.',
    details: { required_tier: 'pro', action: 'render-large' },
  }

  test('is refused to others, in words, and costs them nothing', async () => {
    await expect(pay(renderForMembers)).rejects.toMatchObject(refusal)
    expect(await creditService.getUserCredits(user.id)).toBe(100)
  })

  test.each(['pro', 'enterprise'] as const)('is open to %s', async (tier) => {
    await join(tier)
    expect(await pay(renderForMembers)).toBe(PRICES[tier])
  })

  test('is closed again once the membership has ended', async () => {
    await join('pro', inAnHour())
    await letEnd()
    await expect(pay(renderForMembers)).rejects.toMatchObject(refusal)
  })
})

describe('a change of membership', () => {
  test('keeps the credits that were bought', async () => {
    for (const tier of ['enterprise', 'pro', null] as const) await join(tier)
    expect(await creditService.getUserCredits(user.id)).toBe(100)
    expect(await app.ledger(user.id)).toEqual(['purchase 100'])
  })

  test('is in the audit log, with who and why', async () => {
    const [admin] = await app.owner<{ user_id: string }[]>`select user_id from user_roles limit 1`
    const actorId = admin?.user_id ?? ''
    await creditService.setMembership(user.id, 'pro', { reason: 'A gift', actorId })
    const [entry] =
      await app.owner`select * from audit_logs where target_user_id = ${user.id} order by id desc limit 1`
    expect(entry).toMatchObject({
      ...{ action: 'membership.set', outcome: 'success', reason: 'A gift', actor_id: actorId },
      details: { tier: 'pro' },
    })
  })

  test('to a tier there is not, or of somebody there is not, is refused', async () => {
    await expect(creditService.setMembership(user.id, 'gold')).rejects.toMatchObject({
      code: 'unknown_tier',
      status: 404,
    })
    const nobody = '00000000-0000-4000-8000-000000000000'
    await expect(creditService.setMembership(nobody, 'pro')).rejects.toMatchObject({
      code: 'user_not_found',
      status: 404,
    })
  })
})
