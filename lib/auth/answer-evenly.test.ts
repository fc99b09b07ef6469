import { setTimeout as delay } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { ANSWER_STEP_MS, answerEvenly } from './answer-evenly'

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await answerEvenly(work).catch(() => {})
  return performance.now() - startedAt
}

it.each([
  ['at once', 0, 1],
  ['after hashing a password', 150, 1],
  ['after sending a slow mail', ANSWER_STEP_MS + 50, 2],
])('what is known %s is answered after whole steps', async (_when, ms, steps) => {
  const taken = await timeOf(() => (ms ? delay(ms) : Promise.resolve()))
  // Timers may fire up to a millisecond early.
  expect(taken).toBeGreaterThan(steps * ANSWER_STEP_MS - 2)
})

it('hands the answer on, and a redirect without waiting', async () => {
  expect(await answerEvenly(async () => 'answer')).toBe('answer')
  const redirect = new Error('NEXT_REDIRECT')
  let isWaiting = true
  await expect(
    Promise.race([
      answerEvenly(() => Promise.reject(redirect)).finally(() => {
        isWaiting = false
      }),
      delay(ANSWER_STEP_MS - 100),
    ]),
  ).rejects.toBe(redirect)
  expect(isWaiting).toBe(false)
})
