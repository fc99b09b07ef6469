import type { SqlMapping } from '../sql/mapping.ts'

/**
 * The mapping for the tables of this package's Drizzle schemas, where a user has a balance of each of several kinds.
 * @param creditType the kind of credits that the adapter keeps, such as `enrichment` or `calling`
 * @param users the table of your users and its primary key, as they are called in the database
 */
export function creditMapping(
  creditType: string,
  users: { table: string; id?: string } = { table: 'users' },
): SqlMapping {
  const fixed = { credit_type: creditType }
  return {
    balances: {
      table: 'user_credits',
      id: 'user_id',
      credits: 'balance',
      totalPurchased: 'total_purchased',
      totalUsed: 'total_used',
      fixed,
    },
    users,
    transactions: { table: 'credit_transactions', transactionType: 'transaction_type', fixed },
    transactionArchive: { table: 'credit_transactions_archive' },
  }
}
