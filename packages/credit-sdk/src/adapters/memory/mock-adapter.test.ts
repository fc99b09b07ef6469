import { describe, expect, test } from 'vitest'
import { type ConformanceUser, conformance } from '../../conformance/index.ts'
import { MockAdapter } from './mock-adapter.ts'

function createMock() {
  const adapter = new MockAdapter()
  let count = 0
  const createUser = async (user: ConformanceUser) => {
    count += 1
    adapter.addUser({ ...user, id: `user-${count}` })
    return `user-${count}`
  }
  return { adapter, createUser }
}

describe('the adapter in memory', () => {
  test('passes the conformance suite', async () => {
    const { adapter, createUser } = createMock()
    const results = await conformance(adapter, { createUser })
    expect(results.filter(({ status }) => status !== 'passed')).toEqual([])
  })

  test('shows what a transaction has written to nobody else before it ends', async () => {
    const { adapter, createUser } = createMock()
    const userId = await createUser({ credits: 100 })
    await adapter.transaction(async (txn) => {
      await adapter.updateUserCredits(userId, -40, txn)
      expect((await adapter.getUserById(userId))?.credits).toBe(100)
      expect((await adapter.getUserById(userId, txn))?.credits).toBe(60)
    })
    expect((await adapter.getUserById(userId))?.credits).toBe(60)
  })
})
