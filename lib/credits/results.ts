import { z } from 'zod'

const changed = z.object({
  transaction_id: z.int(),
  amount: z.int(),
  balance: z.int(),
  version: z.int(),
  replayed: z.boolean(),
})

export const change = changed.transform(({ transaction_id, ...rest }) => ({
  transactionId: transaction_id,
  ...rest,
}))

const holdStatus = z.enum(['open', 'settled', 'released', 'expired'])

export const reservation = changed
  .extend({
    status: holdStatus,
    settled_amount: z.int().nullable(),
    stored_response: z.json(),
  })
  .transform(({ transaction_id, settled_amount, stored_response, ...rest }) => ({
    transactionId: transaction_id,
    settledAmount: settled_amount,
    response: stored_response,
    ...rest,
  }))

export const holdEnd = z.object({
  status: holdStatus,
  replayed: z.boolean(),
  balance: z.int().optional(),
  version: z.int().optional(),
})

/** For functions whose result nobody needs. */
export const nothing = z.unknown().transform(() => undefined)
