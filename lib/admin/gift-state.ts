import { z } from 'zod'

export const giftState = z.object({
  id: z.string(),
  reason: z.string(),
  credit_type: z.string(),
  expires_at: z.string().nullable(),
  created_at: z.string(),
  users: z.int(),
  total: z.int(),
  waiting: z.int(),
  given: z.int(),
  refused: z.int(),
})

/** A batch and how far it has come; `total` in whole credits. */
export type GiftBatch = z.output<typeof giftState>

export const giftPreview = giftState.extend({
  unknown: z.int(),
  unknown_sample: z.array(z.string()),
  sample: z.array(z.object({ email: z.string(), amount: z.int() })),
})

/** A batch before it is run: the largest few rows, and whom no account was found for. */
export type GiftPreview = z.output<typeof giftPreview>
