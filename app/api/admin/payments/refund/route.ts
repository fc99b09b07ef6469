import { after } from 'next/server'
import { z } from 'zod'
import { idempotencyKey, reason } from '@/lib/admin/reason'
import { refuseMethods } from '@/lib/http/refuse-methods'
import { adminRoute, jsonBody, query } from '@/lib/http/routes'
import { sendDueMails } from '@/lib/mail/send-mails'
import { previewRefund, refundPayment } from '@/lib/payments/refunds/refund-payment'

const refund = z.strictObject({
  paymentId: z.uuid('Choose a payment.'),
  /** In minor units of the currency that was charged; all that is left by default. */
  amount: z.int('The amount must be in whole minor units.').positive().optional(),
  reason,
  idempotencyKey,
})

/** Admins give a payment back: `{ paymentId, amount?, reason, idempotencyKey }`. Answers `{ refundId, status, replayed }`. */
export const POST = adminRoute(jsonBody(refund), async ({ admin, input }) => {
  const { idempotencyKey, ...order } = input
  const answer = await refundPayment({
    ...order,
    actorId: admin.id,
    idempotencyKey: `admin:${idempotencyKey}`,
  })
  // The buyer is emailed at once; a mail that fails here is the scheduler's.
  if (answer.status === 'succeeded') after(sendDueMails)
  return answer
})

const question = z.strictObject({
  paymentId: z.uuid(),
  amount: z.coerce.number().int().positive().optional(),
})

/** Admins ask what a refund would come to: `?paymentId&amount` → `{ amount, currency, creditsTaken, debt, refundable }`. */
export const GET = adminRoute(query(question), ({ input: { paymentId, amount } }) =>
  previewRefund(paymentId, amount),
)

export const { DELETE, OPTIONS, PATCH, PUT } = refuseMethods('GET', 'POST')
