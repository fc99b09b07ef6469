import { type CreditType, findCreditType } from '@/lib/credit-type'
import type { Format } from '@/lib/format'
import { listInWords } from '@/lib/text'

/** Amounts of several wallets in a row: `12 credits and 5 image credits`, each wallet once. */
export function countByType(
  { countCredits }: Format,
  amounts: readonly { creditType: string; credits: number }[],
  types: readonly CreditType[],
): string {
  const sums = new Map<string, number>()
  for (const { creditType, credits } of amounts) sums.set(creditType, (sums.get(creditType) ?? 0) + credits)
  const counts = [...sums].map(([id, sum]) => countCredits(sum, findCreditType(types, id)))
  return listInWords(counts)
}
