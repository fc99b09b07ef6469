import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { readSoonExpiring } from '../../lib/account/read-soon-expiring.ts'
import { readWallets } from '../../lib/account/read-wallets.ts'
import { creditService } from '../../lib/credits/index.ts'
import { DAY_MS } from '../../lib/time.ts'
import { openApp } from './app.ts'
import type { Engine } from './engine.ts'

// Pages read as whoever looks; that others see nothing, row-access.test.ts shows.
vi.mock('../../lib/supabase/server.ts', () => import('./admin-reads.ts'))

let app: Engine
beforeAll(async () => {
  app = await openApp()
})
afterAll(() => app.close())

test('credits whose time has come are not counted, though nothing has swept them yet', async () => {
  const userId = await app.createUser({ balance: 5 })
  const inAnHour = new Date(Date.now() + 3_600_000).toISOString()
  await creditService.addCredits(userId, 10, { expiresAt: inAnHour })
  await creditService.addCredits(userId, 3, { expiresAt: '2099-01-01T00:00:00Z' })
  expect(await creditService.getUserCredits(userId)).toBe(18)
  expect(await creditService.getExpiringCredits(userId)).toMatchObject([{ credits: 10 }, { credits: 3 }])

  // The hour goes by.
  await app.owner`
    update credit_grants set expires_at = expires_at - interval '1 hour' where user_id = ${userId} and amount = 10`
  await app.owner`update credits set next_expiry_at = next_expiry_at - interval '1 hour' where user_id = ${userId}`
  expect(await creditService.checkBalance(userId, 9)).toEqual({
    ...{ hasSufficient: false, balance: 8, shortfall: 1 },
  })
  expect(await creditService.getExpiringCredits(userId)).toMatchObject([{ credits: 3 }])
  expect(await creditService.getAllBalances(userId)).toMatchObject({
    general: { balance: 8, nextExpiryAt: '2099-01-01T00:00:00+00:00' },
  })
  // Pages say the same as the API.
  expect(await readWallets(userId)).toMatchObject([{ creditType: 'general', balance: 8 }])
  expect(await readSoonExpiring(userId, 7)).toEqual([])
  expect(await app.ledger(userId)).toHaveLength(3)
})

test('what expires soon is what of any wallet the days asked for take, the soonest first', async () => {
  const userId = await app.createUser()
  await app.owner`insert into credit_types (id, name) values ('soon', 'Soon')`
  const inDays = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString()
  for (const days of [6, 2, 8]) await creditService.addCredits(userId, days, { expiresAt: inDays(days) })
  await creditService.addCredits(userId, 1, { expiresAt: inDays(1), creditType: 'soon' })
  expect(await readSoonExpiring(userId, 7)).toMatchObject([
    { creditType: 'soon', credits: 1 },
    { creditType: 'general', credits: 2 },
    { creditType: 'general', credits: 6 },
  ])
})
