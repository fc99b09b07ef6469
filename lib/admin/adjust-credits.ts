import 'server-only'
import { z } from 'zod'
import { assertSameOrigin } from '@/lib/auth/origin'
import { requireApiAdmin } from '@/lib/auth/roles'
import { creditService } from '@/lib/credits'
import { readJson } from '@/lib/http'

const MAX_ADJUSTMENT = 1_000_000_000

const adjustment = z.strictObject({
  userId: z.uuid('Choose a user.'),
  amount: z
    .int('The amount must be a whole number of credits.')
    .min(-MAX_ADJUSTMENT)
    .max(MAX_ADJUSTMENT)
    .refine((amount) => amount !== 0, 'The amount must not be zero.'),
  reason: z.string().trim().min(3, 'Give a reason of at least 3 characters.').max(500),
  creditType: z.string().max(40).optional(),
  /** Sent again with the same key, the adjustment happens once. */
  idempotencyKey: z.string().min(1).max(128).optional(),
})

const addition = adjustment.extend({
  amount: z
    .int('The amount must be a whole number of credits.')
    .min(1, 'Add at least one credit.')
    .max(MAX_ADJUSTMENT),
})

/**
 * Serves an adjustment by an admin; `add` takes positive amounts alone.
 * Answers `{ newBalance, balanceVersion, creditType, transactionId }`. Throws what the guards and the engine throw.
 */
export async function adminAdjustment(request: Request, kind: 'add' | 'adjust'): Promise<Response> {
  const admin = await requireApiAdmin()
  assertSameOrigin(request)
  const { userId, amount, reason, creditType, idempotencyKey } = await readJson(
    request,
    kind === 'add' ? addition : adjustment,
  )
  const change = await creditService.adjustCredits(userId, amount, {
    reason,
    actorId: admin.id,
    creditType,
    idempotencyKey: idempotencyKey && `adjust:${idempotencyKey}`,
  })
  return Response.json({
    newBalance: change.balance,
    balanceVersion: change.version,
    creditType: creditType ?? 'general',
    transactionId: change.transactionId,
  })
}
