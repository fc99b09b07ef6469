import type { CreditsEngine } from '../engine/credits-engine.ts'
import { CreditsSDKError } from '../errors.ts'
import { UnsafeAdapterError } from './subject.ts'

/** @throws UnsafeAdapterError with the sentence unless the condition holds */
export function must(condition: boolean, sentence: string): asserts condition {
  if (!condition) throw new UnsafeAdapterError(sentence)
}

/** @throws UnsafeAdapterError unless the work is refused with the code */
export async function requireRefusal(code: string, sentence: string, work: Promise<unknown>): Promise<void> {
  const [outcome] = await Promise.allSettled([work])
  if (outcome?.status === 'fulfilled') throw new UnsafeAdapterError(`${sentence} It was accepted instead.`)
  const reason: unknown = outcome?.reason
  if (reason instanceof CreditsSDKError && reason.code === code) return
  throw new UnsafeAdapterError(`${sentence} It failed with "${reason}" instead.`)
}

/** How many were kept and what the others said; everything but a refusal with one of the codes is a fault. */
export async function countSuccesses(
  work: readonly Promise<unknown>[],
  ...refusals: readonly string[]
): Promise<number> {
  const outcomes = await Promise.allSettled(work)
  for (const outcome of outcomes) {
    if (outcome.status === 'fulfilled') continue
    const { reason } = outcome
    const isExpected = reason instanceof CreditsSDKError && refusals.includes(reason.code)
    must(isExpected, `Operations at the same time failed with "${reason}". ${LOCK}`)
  }
  return outcomes.filter(({ status }) => status === 'fulfilled').length
}

/**
 * Credits that a user was created with may have a row of their own, which then starts at 0.
 * @throws UnsafeAdapterError unless the rows chain from the first balance to the one that is there now
 */
export async function requireLedger<Txn>(
  engine: CreditsEngine<Txn>,
  userId: string,
  opening: number,
): Promise<void> {
  const rows = (await engine.getHistory(userId, { limit: 1000 })).reverse()
  let balance = rows[0]?.balanceBefore === 0 ? 0 : opening
  for (const row of rows) {
    must(
      row.balanceBefore === balance,
      `A ledger row starts at ${row.balanceBefore}, and the one before it ended at ${balance}. ${LOCK}`,
    )
    must(row.balanceAfter === balance + row.amount, 'A ledger row does not add up.')
    balance = row.balanceAfter
  }
  const current = await engine.queryBalance(userId)
  must(current === balance, `The ledger ends at ${balance} and the balance is ${current}. ${LOCK}`)
}

export const ATOMIC =
  'updateUserCredits must be one conditional update: set credits = credits + :amount where credits + :amount >= :floor.'
export const LOCK =
  'A row that updateUserCredits touched, even by 0, must stay locked until its transaction ends, and every method must work in the transaction it is given.'
