import { afterAll, beforeAll, expect, test } from 'vitest'
import { creditService } from '../../lib/credits/index.ts'
import { openApp } from './app.ts'
import type { Engine } from './engine.ts'

let app: Engine

beforeAll(async () => {
  app = await openApp()
})
afterAll(() => app.close())

test('the service proves the ledger of one user or of all, and names what breaks it', async () => {
  const [sound, broken] = [await app.createUser({ balance: 10 }), await app.createUser({ balance: 10 })]
  expect(await creditService.verifyLedger()).toEqual([])

  await app.owner`update credits set balance = 7 where user_id = ${broken}`
  const violation = {
    ...{ invariant: 'balance_is_sum_of_ledger', user_id: broken, credit_type: 'general' },
    ...{ transaction_id: null, detail: 'balance 7, ledger 10' },
  }
  expect(await creditService.verifyLedger(broken)).toEqual([violation])
  expect(await creditService.verifyLedger()).toEqual([violation])
  expect(await creditService.verifyLedger(sound)).toEqual([])
})
