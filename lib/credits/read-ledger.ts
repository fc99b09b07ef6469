import 'server-only'
import { z } from 'zod'
import { createAdminClient } from '@/lib/supabase/admin'
import type { CreditTransaction, HistoryFilter, LedgerViolation } from './types'

const usage = z.object({ used: z.int(), count: z.int() })

const usageStats = z
  .object({
    from: z.string(),
    to: z.string(),
    total_used: z.int(),
    total_purchased: z.int(),
    total_refunded: z.int(),
    count: z.int(),
    average_per_day: z.number(),
    by_day: z.array(usage.extend({ day: z.string() })),
    by_action: z.array(usage.extend({ action: z.string().nullable() })),
  })
  .transform((stats) => ({
    from: stats.from,
    to: stats.to,
    totalUsed: stats.total_used,
    totalPurchased: stats.total_purchased,
    totalRefunded: stats.total_refunded,
    count: stats.count,
    averagePerDay: stats.average_per_day,
    byDay: stats.by_day,
    byAction: stats.by_action,
  }))

/** What a wallet used in a period, in whole credits. Days are UTC; the average counts every day of the period. */
export type UsageStats = z.output<typeof usageStats>

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
