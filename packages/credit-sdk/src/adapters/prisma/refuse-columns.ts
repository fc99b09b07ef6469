import { ConfigurationError } from '../../errors.ts'
import type { SqlMapping } from '../sql/mapping.ts'

/** @throws ConfigurationError for a mapping with what only SQL adapters keep */
export function refuseColumnsOfSql({ balances, transactions }: SqlMapping = {}): void {
  const columns = [
    ...[balances?.fixed, balances?.totalPurchased, balances?.totalUsed],
    ...[transactions?.fixed, transactions?.transactionType],
  ]
  if (columns.some((column) => column !== undefined && column !== null))
    throw new ConfigurationError(
      'mapping',
      'has fixed columns, totals or types, which are for Kysely and Drizzle',
    )
}
