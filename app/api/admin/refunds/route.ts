import { z } from 'zod'
import { assertSameOrigin } from '@/lib/auth/origin'
import { requireApiAdmin } from '@/lib/auth/roles'
import { creditService } from '@/lib/credits'
import { handleRoute, readJson } from '@/lib/http'

const refund = z.strictObject({
  transactionId: z.int().positive(),
  /** Credits to give back; all that is left by default. */
  amount: z.int().positive().optional(),
  reason: z.string().trim().min(3, 'Give a reason of at least 3 characters.').max(500),
  /** Sent again with the same key, the refund happens once. */
  idempotencyKey: z.string().min(1).max(128).optional(),
})

/** Admins give a deduction back: `{ transactionId, amount?, reason }`; never more than it was. */
export const POST = handleRoute(async (request) => {
  const admin = await requireApiAdmin()
  assertSameOrigin(request)
  const { transactionId, amount, reason, idempotencyKey } = await readJson(request, refund)
  const change = await creditService.refundTransaction(transactionId, {
    amount,
    reason,
    actorId: admin.id,
    idempotencyKey: idempotencyKey && `admin-refund:${idempotencyKey}`,
  })
  return Response.json({
    newBalance: change.balance,
    refunded: change.amount,
    transactionId: change.transactionId,
  })
})
