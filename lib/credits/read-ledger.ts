import 'server-only'
import { createAdminClient } from '@/lib/supabase/admin'
import type { CreditTransaction, HistoryFilter, LedgerViolation } from './types'
import { type UsageStats, usageStats } from './usage-stats'

/** A page of a wallet's ledger, newest first. */
export async function readHistory(userId: string, filter: HistoryFilter): Promise<CreditTransaction[]> {
  const { data, error } = await createAdminClient().rpc('transaction_history', {
    p_user_id: userId,
    p_credit_type: filter.creditType,
    p_types: filter.types,
    p_action: filter.action,
    p_from: filter.from,
    p_to: filter.to,
    p_before_seq: filter.beforeSeq,
    p_limit: filter.limit,
  })
  if (error) throw new Error(`The ledger could not be read: ${error.message}`, { cause: error })
  return data
}

/** Usage of a wallet between two ISO times (from inclusive, to exclusive); null if there is no such wallet. */
export async function readUsage(
  userId: string,
  { creditType, from, to }: { creditType?: string; from?: string; to?: string },
): Promise<UsageStats | null> {
  const { data, error } = await createAdminClient().rpc('usage_stats', {
    p_user_id: userId,
    p_credit_type: creditType,
    p_from: from,
    p_to: to,
  })
  if (error) throw new Error(`The usage could not be read: ${error.message}`, { cause: error })
  return usageStats.nullable().parse(data)
}

/** Every row that breaks an invariant of the engine; none when all hold. */
export async function readViolations(userId?: string): Promise<LedgerViolation[]> {
  const { data, error } = await createAdminClient().rpc('verify_ledger', { p_user_id: userId })
  if (error) throw new Error(`The ledger could not be verified: ${error.message}`, { cause: error })
  return data
}
