import { setImmediate } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { historyAsCsv } from '../../lib/credits/history-csv.ts'
import { creditService } from '../../lib/credits/index.ts'
import { openApp } from './app.ts'
import type { Engine } from './engine.ts'

let app: Engine
beforeAll(async () => {
  app = await openApp()
})
afterAll(() => app.close())

test('a search for nothing goes on only as long as somebody waits for it', async () => {
  const userId = await app.createUser({ balance: 5_000 })
  await app.owner`select count(public.deduct_credits(${userId}, 1)) from generate_series(1, 3500)`
  const getHistory = creditService.getTransactionHistory.bind(creditService)
  const reader = historyAsCsv(userId, {}, 'nothing like it').getReader()
  const header = new TextDecoder().decode((await reader.read()).value)
  expect(header.split('\n')).toHaveLength(2)

  // Whoever waits goes away while the next page is read.
  const left = Promise.withResolvers<void>()
  const read = vi.spyOn(creditService, 'getTransactionHistory').mockImplementation(async (...asked) => {
    const rows = await getHistory(...asked)
    await reader.cancel()
    left.resolve()
    return rows
  })
  const again = reader.read()
  await left.promise
  await again
  await setImmediate()
  expect(read).toHaveBeenCalledTimes(1)

  read.mockClear().mockImplementation(getHistory)
  const whole = await new Response(historyAsCsv(userId, {}, 'nothing like it')).text()
  expect(whole).toBe(header)
  expect(read).toHaveBeenCalledTimes(4)
})
