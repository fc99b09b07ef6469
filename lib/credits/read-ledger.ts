import 'server-only'
import { readFunction } from '@/lib/supabase/call-function'
import type { CreditTransaction, HistoryFilter, LedgerViolation } from './types'
import { type UsageStats, usageStats } from './usage-stats'

/** A page of a wallet's ledger, newest first. */
export async function readHistory(userId: string, filter: HistoryFilter): Promise<CreditTransaction[]> {
  return readFunction('transaction_history', {
    p_user_id: userId,
    p_credit_type: filter.creditType,
    p_types: filter.types,
    p_action: filter.action,
    p_from: filter.from,
    p_to: filter.to,
    p_before_seq: filter.beforeSeq,
    p_limit: filter.limit,
    p_offset: filter.offset,
  })
}

/** Usage of a wallet between two ISO times (from inclusive, to exclusive); null if there is no such wallet. */
export async function readUsage(
  userId: string,
  { creditType, from, to }: { creditType?: string; from?: string; to?: string },
): Promise<UsageStats | null> {
  const usage = await readFunction('usage_stats', {
    p_user_id: userId,
    p_credit_type: creditType,
    p_from: from,
    p_to: to,
  })
  return usageStats.nullable().parse(usage)
}

/** Every row that breaks an invariant of the engine; none when all hold. */
export async function readViolations(userId?: string): Promise<LedgerViolation[]> {
  return readFunction('verify_ledger', { p_user_id: userId })
}
