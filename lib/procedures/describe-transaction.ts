import { TRANSACTION_GROUPS, transactionGroup } from '@/lib/credits/history-query'
import type { Tables } from '@/lib/supabase/database.types'

/** A ledger row as the API shows it. */
export function describeTransaction(row: Tables<'credit_transactions'>) {
  return {
    id: row.id,
    seq: row.seq,
    userId: row.user_id,
    creditType: row.credit_type,
    type: row.type,
    transactionType: groupOf(row.type),
    amount: row.amount,
    balanceBefore: row.balance_before,
    balanceAfter: row.balance_after,
    action: row.action,
    description: row.description,
    referenceId: row.reference_id,
    referenceType: row.reference_type,
    reverses: row.reverses,
    metadata: row.metadata,
    createdAt: row.created_at,
  }
}

function groupOf(type: string) {
  const isOf = (types: readonly string[]) => types.includes(type)
  return transactionGroup.options.find((group) => isOf(TRANSACTION_GROUPS[group])) ?? 'adjustment'
}
