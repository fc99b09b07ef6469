import { z } from 'zod'
import { chosenUser, idempotencyKey, reason } from '../admin/reason.ts'

const MAX_ADJUSTMENT = 1_000_000_000
const MAX_METADATA = 20

const wholeCredits = z.int('The amount must be a whole number of credits.').max(MAX_ADJUSTMENT)

const fields = z.strictObject({
  /** A number is taken as text, and is nobody's id. */
  userId: z.union([z.string(), z.number()]).transform(String).pipe(chosenUser),
  amount: wholeCredits.min(-MAX_ADJUSTMENT).refine((amount) => amount !== 0, 'The amount must not be zero.'),
  reason: reason.optional(),
  /** Another name of `reason`. */
  description: reason.optional(),
  creditType: z.string().max(40).optional(),
  metadata: z
    .record(z.string().max(100), z.json())
    .refine((data) => Object.keys(data).length <= MAX_METADATA, `can have up to ${MAX_METADATA} entries`)
    .optional(),
  idempotencyKey: idempotencyKey.optional(),
})

/** What an admin adds (positive) or removes (negative), with the reason that the ledger and the audit log keep. */
export const adjustment = fields.refine(
  ({ reason, description }) => reason !== undefined || description !== undefined,
  { message: 'Give a reason of at least 3 characters.', path: ['reason'] },
)

/** What is only added. */
export const addition = adjustment.safeExtend({ amount: wholeCredits.min(1, 'Add at least one credit.') })
