import { describe, expect, test } from 'vitest'
import type { Reservation } from '@/lib/credits'
import { readStoredResponse, toStoredResponse } from './stored-response'

function finished(status: Reservation['status'], response: Reservation['response']): Reservation {
  return {
    transactionId: 7,
    runId: 9,
    tier: null,
    amount: -2,
    balance: 8,
    version: 3,
    replayed: true,
    settledAmount: 2,
    status,
    response,
  }
}

describe('an answer that is kept', () => {
  test('comes again as it was, and says that it is a repetition', async () => {
    const response = readStoredResponse(
      finished('settled', toStoredResponse(200, { summary: 'short', newBalance: 8 })),
    )
    expect(response.status).toBe(200)
    expect(response.headers.get('idempotent-replayed')).toBe('true')
    expect(await response.json()).toEqual({ summary: 'short', newBalance: 8 })
  })

  test('may be an error, with its status', async () => {
    const response = readStoredResponse(
      finished('released', toStoredResponse(504, { error: 'tool_timed_out' })),
    )
    expect(response.status).toBe(504)
    expect(await response.json()).toEqual({ error: 'tool_timed_out' })
  })

  test('holds what JSON holds: what is undefined is left out', () => {
    expect(toStoredResponse(200, { a: undefined, b: new Date(0) })).toEqual({
      status: 200,
      body: { b: '1970-01-01T00:00:00.000Z' },
    })
  })
})

describe('an answer that is not kept', () => {
  const around = JSON.stringify({ status: 200, body: { text: '' } }).length

  test.each([
    [256_000, true],
    [256_001, false],
  ])('is one of more than 256,000 characters: of %i it is %s', (length, kept) => {
    expect(toStoredResponse(200, { text: 'x'.repeat(length - around) }) !== null).toBe(kept)
  })

  test.each(['\0', 'a\0b', '\ud800', '\udfff', '\\\0'])(
    'is one with characters that the database cannot keep: %j',
    (text) => expect(toStoredResponse(200, { text })).toBeNull(),
  )

  test.each(['\\u0000', '\\\\ud800', '😀', '\u0001'])('is not one that only looks like that: %j', (text) => {
    expect(toStoredResponse(200, { text })).toEqual({ status: 200, body: { text } })
  })

  test.each([
    ['settled', 'answer_not_kept', /answered already/],
    ['released', 'run_lost', /given back/],
    ['expired', 'run_lost', /given back/],
  ] as const)('of a %s run is a 409 that says what became of it', (status, code, message) => {
    expect(() => readStoredResponse(finished(status, null))).toThrow(
      expect.objectContaining({ status: 409, code, message: expect.stringMatching(message) }),
    )
  })
})
