import { expect, test, vi } from 'vitest'
import { ApiCallError } from './api-client'
import { createCallMemory } from './call-memory'

const LOST = new ApiCallError('network_error', 0, '')

test('a request repeated after the network failed carries the same key', () => {
  const memory = createCallMemory()
  const first = memory.keyFor({ text: 'one' })
  memory.ended(LOST)
  expect(memory.keyFor({ text: 'one' })).toEqual({ key: first.key, repeated: true })
})

test.each([
  ['whose first run is still going', new ApiCallError('still_running', 409, '')],
  ['whose answer a proxy replaced', new ApiCallError('unexpected_answer', 502, '')],
  ['that failed on the server, nobody knows how far', new ApiCallError('internal_error', 500, '')],
  ['for a refund that may have been made', new ApiCallError('refund_unanswered', 502, '')],
  ['for a refund that was made and not recorded', new ApiCallError('refund_not_applied', 500, '')],
])('so does one %s', (_, error) => {
  const memory = createCallMemory()
  const { key } = memory.keyFor({ text: 'one' })
  memory.ended(error)
  expect(memory.keyFor({ text: 'one' })).toEqual({ key, repeated: true })
})

test.each([
  ['an answer', undefined],
  ['a refusal', new ApiCallError('insufficient_credits', 402, '')],
])('after %s the same request is a new one', (_, error) => {
  const memory = createCallMemory()
  const { key } = memory.keyFor({ text: 'one' })
  memory.ended(error)
  const second = memory.keyFor({ text: 'one' })
  expect(second.repeated).toBe(false)
  expect(second.key).not.toBe(key)
})

test('a page on plain http, where browsers have no randomUUID, has keys as well', () => {
  vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) })
  expect(createCallMemory().keyFor({ text: 'one' }).key).toMatch(/^[0-9a-f]{32}$/)
  vi.unstubAllGlobals()
})

test('another request gets a key of its own, and so does another file of the same name', () => {
  const memory = createCallMemory()
  const { key } = memory.keyFor({ text: 'one' })
  memory.ended(LOST)
  expect(memory.keyFor({ text: 'two' }).key).not.toBe(key)
  const form = (content: string) => {
    const data = new FormData()
    data.set('file', new File([content], 'a.png', { lastModified: 1 }))
    return data
  }
  const one = memory.keyFor(form('a'))
  memory.ended(LOST)
  expect(memory.keyFor(form('a')).key).toBe(one.key)
  memory.ended(LOST)
  expect(memory.keyFor(form('ab')).key).not.toBe(one.key)
})
