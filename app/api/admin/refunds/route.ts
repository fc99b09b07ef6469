import { z } from 'zod'
import { idempotencyKey, reason } from '@/lib/admin/reason'
import { creditService } from '@/lib/credits'
import { refuseMethods } from '@/lib/http/refuse-methods'
import { adminRoute, jsonBody } from '@/lib/http/routes'

const refund = z.strictObject({
  transactionId: z.int().positive(),
  /** Credits to give back; all that is left by default. */
  amount: z.int().positive().optional(),
  reason,
  idempotencyKey: idempotencyKey.optional(),
})

/** Admins give a deduction back: `{ transactionId, amount?, reason }`; never more than it was. */
export const POST = adminRoute(jsonBody(refund), async ({ admin, input }) => {
  const { transactionId, amount, reason, idempotencyKey } = input
  const change = await creditService.refundTransaction(transactionId, {
    amount,
    reason,
    actorId: admin.id,
    idempotencyKey: idempotencyKey && `admin-refund:${idempotencyKey}`,
  })
  return {
    newBalance: change.balance,
    balanceVersion: change.version,
    creditType: change.creditType,
    refunded: change.amount,
    transactionId: change.transactionId,
  }
})

export const { DELETE, GET, HEAD, OPTIONS, PATCH, PUT } = refuseMethods('POST')
