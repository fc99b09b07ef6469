import 'server-only'
import { z } from 'zod'
import { GENERAL } from '@/lib/credit-type'
import { creditService } from '@/lib/credits'
import { chosenUser, idempotencyKey, reason } from './reason'

const MAX_ADJUSTMENT = 1_000_000_000

export const adjustment = z.strictObject({
  userId: chosenUser,
  amount: z
    .int('The amount must be a whole number of credits.')
    .min(-MAX_ADJUSTMENT)
    .max(MAX_ADJUSTMENT)
    .refine((amount) => amount !== 0, 'The amount must not be zero.'),
  reason,
  creditType: z.string().max(40).optional(),
  idempotencyKey: idempotencyKey.optional(),
})

type Adjustment = z.output<typeof adjustment>

/** What is only added. */
export const addition = adjustment.extend({
  amount: z
    .int('The amount must be a whole number of credits.')
    .min(1, 'Add at least one credit.')
    .max(MAX_ADJUSTMENT),
})

/** Adds (positive) or removes (negative) credits: `{ newBalance, balanceVersion, creditType, transactionId }`. */
export async function adjustCredits(
  actorId: string,
  { userId, amount, reason, creditType, idempotencyKey }: Adjustment,
) {
  const change = await creditService.adjustCredits(userId, amount, {
    reason,
    actorId,
    creditType,
    idempotencyKey: idempotencyKey && `adjust:${idempotencyKey}`,
  })
  return {
    newBalance: change.balance,
    balanceVersion: change.version,
    creditType: creditType ?? GENERAL,
    transactionId: change.transactionId,
  }
}
