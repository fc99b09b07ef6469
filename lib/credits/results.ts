import { z } from 'zod'
import { rateLeft } from '@/lib/supabase/rate-left'
import { MEMBERSHIP_TIERS } from '../tiers'

const changed = z.object({
  transaction_id: z.int(),
  amount: z.int(),
  balance: z.int(),
  version: z.int(),
  replayed: z.boolean(),
})

export const change = changed
  .extend({ credit_type: z.string() })
  .transform(({ transaction_id, credit_type, ...rest }) => ({
    transactionId: transaction_id,
    creditType: credit_type,
    ...rest,
  }))

const holdStatus = z.enum(['open', 'settled', 'released', 'expired'])

export const reservation = changed
  .extend({
    run_id: z.int(),
    // Of a tier that this server does not know yet, the prices are everybody's.
    tier: z.enum(MEMBERSHIP_TIERS).nullable().catch(null),
    status: holdStatus,
    settled_amount: z.int().nullable(),
    stored_response: z.json(),
    rate: rateLeft.nullish(),
  })
  .transform(({ transaction_id, run_id, settled_amount, stored_response, ...rest }) => ({
    transactionId: transaction_id,
    runId: run_id,
    settledAmount: settled_amount,
    response: stored_response,
    ...rest,
  }))

export const extension = z.object({
  held: z.int(),
  balance: z.int(),
  version: z.int(),
  replayed: z.boolean(),
})

export const holdEnd = z.object({
  status: holdStatus,
  replayed: z.boolean(),
  balance: z.int().optional(),
  version: z.int().optional(),
})

/** For functions whose result nobody needs. */
export const nothing = z.unknown().transform(() => undefined)
