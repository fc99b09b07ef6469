import { z } from 'zod'

const usage = z.object({ used: z.int(), count: z.int() })

/** Reads what `usage_stats()` answers. */
export const usageStats = z
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
