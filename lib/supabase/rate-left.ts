import { z } from 'zod'

/** What a function of the database says is left of an allowance; `fullAfterSeconds` is when all of it is. */
export const rateLeft = z
  .object({ remaining: z.int(), full_after_seconds: z.int() })
  .transform(({ remaining, full_after_seconds }) => ({ remaining, fullAfterSeconds: full_after_seconds }))

export type RateLeft = z.output<typeof rateLeft>
