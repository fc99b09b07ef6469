import type { StoredResult } from '../records.ts'
import type { ChargeResult, CreditResult, TierChangeResult } from './types.ts'

type Stored = StoredResult['result']

/** The results of a first call, read back from the JSON under its key. */
export function readChargeResult(stored: Stored): ChargeResult {
  return {
    success: true,
    transactionId: text(stored, 'transactionId'),
    cost: number(stored, 'cost'),
    balanceBefore: number(stored, 'balanceBefore'),
    balanceAfter: number(stored, 'balanceAfter'),
  }
}

export function readCreditResult(stored: Stored): CreditResult {
  return {
    success: true,
    transactionId: text(stored, 'transactionId'),
    amount: number(stored, 'amount'),
    balanceAfter: number(stored, 'balanceAfter'),
  }
}

export function readTierChangeResult(stored: Stored): TierChangeResult {
  return {
    success: true,
    transactionId: text(stored, 'transactionId'),
    oldTier: stored.oldTier === null ? null : text(stored, 'oldTier'),
    newTier: text(stored, 'newTier'),
    oldCredits: number(stored, 'oldCredits'),
    newCredits: number(stored, 'newCredits'),
    creditsDelta: number(stored, 'creditsDelta'),
  }
}

function text(stored: Stored, field: string): string {
  const value = stored[field]
  if (typeof value !== 'string') throw new TypeError(`The stored result has no ${field}.`)
  return value
}

function number(stored: Stored, field: string): number {
  const value = stored[field]
  if (typeof value !== 'number') throw new TypeError(`The stored result has no ${field}.`)
  return value
}
