import { decimalsOf } from '@/lib/currency'

/** The currency in which money of several currencies is added up for the owner. */
export const REFERENCE_CURRENCY = 'USD'

/**
 * What one unit of each other currency you sell in is worth in the reference currency, as `{ EUR: 1.08 }`: fixed, so that
 * figures change only when the business does. Money in a currency without a rate is shown, but not added up.
 */
export const EXCHANGE_RATES: Readonly<Record<string, number>> = {}

/** Money in minor units of its currency. */
export type Money = { amount: number; currency: string }

/** What money comes to in the reference currency, in its minor units, and the currencies that have no rate. */
export type ReferenceSum = { amount: number; missing: string[] }

/** Adds money of several currencies up in the reference currency, each currency rounded once. */
export function sumInReference(
  money: readonly Money[],
  { reference = REFERENCE_CURRENCY, rates = EXCHANGE_RATES } = {},
): ReferenceSum {
  const missing: string[] = []
  let sum = 0
  for (const { amount, currency } of money) {
    const rate = currency === reference ? 1 : rates[currency]
    if (rate === undefined) missing.push(currency)
    else sum += Math.round(amount * rate * 10 ** (decimalsOf(reference) - decimalsOf(currency)))
  }
  return { amount: sum, missing }
}
