import { z } from 'zod'
import { GENERAL } from '../credit-type.ts'
import { day, timestamp } from '../timestamp.ts'

const MAX_PAGE = 200
/** As many rows as `transaction_history()` leaves out. */
const MAX_OFFSET = 10_000

/** A day (UTC), or a time with its offset. */
export const point = z.union([timestamp, day.transform((date) => `${date}T00:00:00.000Z`)])

/** The period and wallet of a query: `from` inclusive, `to` exclusive, each a day (UTC) or a time with its offset. */
export const periodQuery = z
  .strictObject({
    creditType: z.string().min(1).max(40).default(GENERAL),
    from: point.optional(),
    to: point.optional(),
  })
  .refine(({ from, to }) => !from || !to || Date.parse(from) < Date.parse(to), {
    message: 'must be after from',
    path: ['to'],
  })

/** Every type of a ledger row. The same as `private.is_valid_entry` knows. */
export const TRANSACTION_TYPES = [
  'signup_bonus',
  'promotion',
  'purchase',
  'subscription_grant',
  'admin_adjustment',
  'deduction',
  'refund',
  'expiry',
  'clawback',
  'clawback_reversal',
  'debt_repayment',
] as const

/** The query of `/api/v1/transactions`; `type` takes several, separated by commas. */
export const transactionQuery = periodQuery.safeExtend({
  type: z
    .string()
    .transform((list) => list.split(','))
    .pipe(z.array(z.enum(TRANSACTION_TYPES)))
    .optional(),
  action: z.string().min(1).max(100).optional(),
  cursor: z.coerce.number<number | string>().int().positive().optional(),
  limit: z.coerce.number<number | string>().int().min(1).max(MAX_PAGE).default(20),
})

/** The types of ledger rows in four groups, for who keeps books with these words. */
export const TRANSACTION_GROUPS = {
  purchase: ['purchase', 'subscription_grant'],
  usage: ['deduction'],
  refund: ['refund'],
  adjustment: [
    'admin_adjustment',
    'signup_bonus',
    'promotion',
    'expiry',
    'clawback',
    'clawback_reversal',
    'debt_repayment',
  ],
} as const satisfies Record<string, readonly (typeof TRANSACTION_TYPES)[number][]>

export const transactionGroup = z.enum(['purchase', 'usage', 'refund', 'adjustment'])

/** What `getTransactionHistory` takes. */
export const pagedQuery = transactionQuery.safeExtend({
  transactionType: transactionGroup.optional(),
  offset: z.coerce.number<number | string>().int().min(0).max(MAX_OFFSET).optional(),
})

/** The query of `/api/credits/transactions`. */
export const historyQuery = pagedQuery
  .safeExtend({
    format: z.enum(['json', 'csv']).default('json'),
    /** Words of the description or the action. A page of JSON could look for them through a whole ledger. */
    q: z.string().trim().min(1).max(100).optional(),
  })
  .refine(({ format, q }) => format === 'csv' || q === undefined, {
    message: 'goes with format=csv alone',
    path: ['q'],
  })
