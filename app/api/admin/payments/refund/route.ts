import { after } from 'next/server'
import { z } from 'zod'
import { assertSameOrigin } from '@/lib/auth/origin'
import { requireApiAdmin } from '@/lib/auth/roles'
import { handleRoute, parseQuery, readJson } from '@/lib/http'
import { sendDueMails } from '@/lib/mail/send-mails'
import { previewRefund, refundPayment } from '@/lib/payments/refunds/refund-payment'

const refund = z.strictObject({
  paymentId: z.uuid('Choose a payment.'),
  /** In minor units of the currency that was charged; all that is left by default. */
  amount: z.int('The amount must be in whole minor units.').positive().optional(),
  reason: z.string().trim().min(3, 'Give a reason of at least 3 characters.').max(500),
  /** Sent again with the same key, the payment provider is asked once. */
  idempotencyKey: z.string().min(1).max(128),
})

/** Admins give a payment back: `{ paymentId, amount?, reason, idempotencyKey }`. Answers `{ refundId, status, replayed }`. */
export const POST = handleRoute(async (request) => {
  const admin = await requireApiAdmin()
  assertSameOrigin(request)
  const { idempotencyKey, ...order } = await readJson(request, refund)
  const answer = await refundPayment({
    ...order,
    actorId: admin.id,
    idempotencyKey: `admin:${idempotencyKey}`,
  })
  // The buyer is told by mail at once; a mail that fails here is the scheduler's.
  if (answer.status === 'succeeded') after(sendDueMails)
  return Response.json(answer)
})

const query = z.strictObject({
  paymentId: z.uuid(),
  amount: z.coerce.number().int().positive().optional(),
})

/** Admins ask what a refund would come to: `?paymentId&amount` → `{ amount, currency, creditsTaken, debt, refundable }`. */
export const GET = handleRoute(async (request) => {
  await requireApiAdmin()
  const { paymentId, amount } = parseQuery(request, query)
  return Response.json(await previewRefund(paymentId, amount))
})
