import { setTimeout as delay } from 'node:timers/promises'

/** Answers about an address come after this time, or a multiple of it. In ms. */
export const ANSWER_STEP_MS = 1000

/**
 * Does `work`, and keeps its answer back until the next whole {@link ANSWER_STEP_MS}: hashing a password and sending a
 * mail take time, which would tell a stranger whether an address has an account. A redirect or an error of `work` is
 * passed on at once: who is signed in knows that the account exists.
 */
export async function answerEvenly<Result>(work: () => Promise<Result>): Promise<Result> {
  const startedAt = performance.now()
  const answer = await work()
  const taken = performance.now() - startedAt
  await delay(Math.max(1, Math.ceil(taken / ANSWER_STEP_MS)) * ANSWER_STEP_MS - taken)
  return answer
}
