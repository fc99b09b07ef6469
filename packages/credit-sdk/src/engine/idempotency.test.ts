import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { describeRequest, scopeKey } from './idempotency.ts'

describe('a stored key', () => {
  test('belongs to one user and one key, whatever they contain', async () => {
    const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 200 })
    await fc.assert(
      fc.asyncProperty(text, text, text, text, async (userA, keyA, userB, keyB) => {
        fc.pre(userA !== userB || keyA !== keyB)
        expect(await scopeKey(userA, keyA)).not.toBe(await scopeKey(userB, keyB))
      }),
    )
    expect(await scopeKey('a:b', 'c')).not.toBe(await scopeKey('a', 'b:c'))
  })

  test('differs where a database that ignores case or trailing spaces would see one key', async () => {
    const stored = [await scopeKey('u', 'Key'), await scopeKey('u', 'key'), await scopeKey('u', 'key ')]
    expect(new Set(stored.map((key) => key.toLowerCase().trim())).size).toBe(3)
  })

  test('fits into a column of 255 characters and stays readable where it can', async () => {
    expect(await scopeKey('user-1', 'order-7')).toBe('user-1:order-7')
    expect((await scopeKey('user-1', 'x'.repeat(5000))).length).toBeLessThanOrEqual(255)
  })
})

test('a request is the same in whatever order its parts are written', () => {
  const request = (variables: Record<string, number>) => describeRequest('charge', { action: 'a', variables })
  expect(request({ a: 1, b: 2 })).toBe(request({ b: 2, a: 1 }))
  expect(request({ a: 1 })).not.toBe(request({ a: 2 }))
})
