import 'server-only'
import type { RefundUpdate } from '@/lib/payments/events/payment-event'
import type { RefundRequest } from '../provider'
import { classifyError } from './classify-error'
import { createStripeClient } from './client'
import { toRefundUpdate } from './objects'
import { findInvoiceId } from './payments'

export async function refund({ paymentId, requestId, reason, item }: RefundRequest): Promise<RefundUpdate> {
  const answer = createStripeClient().refunds.create(
    {
      payment_intent: paymentId,
      // Stripe knows three reasons of its own; ours goes with the refund.
      metadata: { request_id: requestId, reason },
      ...(item && { amount: item.amount }),
    },
    // However often it is sent, money goes back once.
    { idempotencyKey: `refund-${requestId}` },
  )
  const made = toRefundUpdate(await classifyError(answer))
  if (!made) throw new Error('The refund came without the payment it refunds.')
  return made
}

export async function fetchInvoice(paymentId: string): Promise<Response> {
  const id = await findInvoiceId(paymentId)
  if (!id) throw new Error(`Stripe has no invoice of ${paymentId}.`)
  const { invoice_pdf: url } = await createStripeClient().invoices.retrieve(id)
  if (!url) throw new Error(`The invoice ${id} is not finished yet.`)
  const answer = await fetch(url)
  if (!answer.ok) throw new Error(`The invoice ${id} was answered with ${answer.status}.`)
  return answer
}
