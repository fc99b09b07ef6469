import type { Transaction } from '../../records.ts'
import type { ResolvedMapping } from '../sql/mapping.ts'
import type { Row } from '../sql/row.ts'
import { toCredits, toObject, toText, toTextOrNull, toTimestamp } from '../sql/values.ts'

/** A ledger row, from a record of the model that the mapping names. */
export function toTransaction(names: ResolvedMapping['transactions'], row: Row): Transaction {
  const refundOf = toTextOrNull(row[names.refundOf])
  return {
    id: toText(row[names.id]),
    userId: toText(row[names.userId]),
    action: toText(row[names.action]),
    amount: toCredits(row[names.amount]),
    balanceBefore: toCredits(row[names.balanceBefore]),
    balanceAfter: toCredits(row[names.balanceAfter]),
    metadata: toObject(row[names.metadata]),
    createdAt: toTimestamp(row[names.createdAt]),
    ...(refundOf === null ? {} : { refundOf }),
  }
}
