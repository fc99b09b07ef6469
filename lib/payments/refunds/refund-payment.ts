import 'server-only'
import { z } from 'zod'
import { formatMoney } from '@/lib/format'
import { RefundRefusedError } from '@/lib/payments/errors'
import { callFunction } from '@/lib/supabase/call-function'
import { RefusedError } from '@/lib/supabase/refusals'
import { failRefund, sendRefund } from './send-refund'

export type RefundOrder = {
  paymentId: string
  /** In minor units of the currency that was charged; all that is left by default. */
  amount?: number
  reason: string
  actorId: string
  /** Asks the provider once, however often it comes. */
  idempotencyKey: string
}

type RefundAnswer = { refundId: string; status: string; replayed: boolean }

const requested = z.discriminatedUnion('replayed', [
  z.object({
    replayed: z.literal(true),
    refund_id: z.string(),
    status: z.string(),
    error: z.string().nullable(),
  }),
  z.object({
    replayed: z.literal(false),
    refund_id: z.string(),
    provider: z.string(),
    provider_payment_id: z.string(),
    provider_product_id: z.string().nullable(),
    amount: z.int(),
    whole: z.boolean(),
  }),
])
const left = z.object({ refundable: z.int(), currency: z.string() })

/**
 * Gives a payment back, in whole or in part. The request is written down before the provider is asked, and the provider
 * is asked once: a key that comes again gets the status of its refund. Credits are taken back when the money went.
 * @throws RefundRefusedError when nothing was given back, RefundUnansweredError or RefundNotAppliedError when it may
 * have been; AppError when the request itself was refused
 */
export async function refundPayment(order: RefundOrder): Promise<RefundAnswer> {
  const request = await requestRefund(order)
  const refundId = request.refund_id
  if (request.replayed) {
    if (request.status === 'failed') throw new RefundRefusedError(request.error ?? 'It did not go through.')
    return { refundId, status: request.status, replayed: true }
  }
  const { amount, whole, provider_product_id: productId } = request
  if (!whole && productId === null) {
    await failRefund(refundId, 'A part of this payment cannot be refunded, since its product is not known.')
  }
  const status = await sendRefund(request.provider, {
    paymentId: request.provider_payment_id,
    requestId: refundId,
    reason: order.reason,
    item: whole || productId === null ? null : { productId, amount },
  })
  return { refundId, status, replayed: false }
}

async function requestRefund({ paymentId, amount, reason, actorId, idempotencyKey }: RefundOrder) {
  const args = {
    p_payment_id: paymentId,
    p_amount: amount,
    p_reason: reason,
    p_actor_id: actorId,
    p_idempotency_key: idempotencyKey,
  }
  return callFunction('request_payment_refund', args, requested).catch(throwRefusal)
}

function throwRefusal(error: unknown): never {
  if (!(error instanceof RefusedError)) throw error
  const rest = left.safeParse(error.details)
  const more = rest.success
    ? ` At most ${formatMoney(rest.data.refundable, rest.data.currency)} can be refunded.`
    : ''
  throw new RefusedError(error.code, error.status, `${error.message}${more}`, error.details)
}

const preview = z
  .object({
    amount: z.int(),
    currency: z.string(),
    credits_taken: z.int(),
    debt: z.int(),
    refundable: z.int(),
  })
  .transform(({ credits_taken, ...rest }) => ({ ...rest, creditsTaken: credits_taken }))

/** What a refund would come to. Money in minor units; `debt` is the part of `creditsTaken` the wallet no longer has. */
export type RefundPreview = z.output<typeof preview>

/** What refunding a payment, all that is left of it or an amount, would take back as things stand. @throws AppError */
export async function previewRefund(paymentId: string, amount?: number): Promise<RefundPreview> {
  const args = { p_payment_id: paymentId, p_amount: amount }
  return callFunction('preview_payment_refund', args, preview).catch(throwRefusal)
}
