import { beforeEach, expect, test } from 'vitest'
import { creditManager } from './credit-manager'
import { makeApiCallWithCreditUpdate } from './make-api-call'

let user = ''
beforeEach(() => {
  user = crypto.randomUUID()
})

const answered = (body: object) => makeApiCallWithCreditUpdate(async () => Response.json(body), user)

test('an answer changes the wallet that paid, and no other', async () => {
  creditManager.updateBalance(user, 100, { version: 2 })
  await answered({ newBalance: 44, balanceVersion: 7, creditType: 'enrichment' })
  expect(creditManager.getBalance(user, 'enrichment')).toBe(44)
  creditManager.updateBalance(user, 99, { version: 3 })
  expect(creditManager.getBalance(user)).toBe(99)
})

test('an answer that is repeated later does not bring back its old balance', async () => {
  const answer = { newBalance: 48, balanceVersion: 8, creditType: 'general' }
  await answered(answer)
  expect(creditManager.getBalance(user)).toBe(48)
  creditManager.updateBalance(user, 548, { version: 10 })
  await answered(answer)
  expect(creditManager.getBalance(user)).toBe(548)
})
