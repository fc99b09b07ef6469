import 'server-only'
import type { RefundUpdate } from '@/lib/payments/events/payment-event'
import type { RefundRequest } from '../provider'
import { classifyError } from './classify-error'
import { createDodoClient } from './client'
import { toRefundUpdate } from './objects'

/** A conflict may be with the very same refund, and who was turned away may have been heard before. */
const DOUBTFUL = { doubtful: [409, 429] }

export async function refund({ paymentId, requestId, reason, item }: RefundRequest): Promise<RefundUpdate> {
  const answer = createDodoClient().refunds.create(
    {
      payment_id: paymentId,
      reason,
      metadata: { request_id: requestId },
      items: item && [{ item_id: item.productId, amount: item.amount, tax_inclusive: true }],
    },
    // No idempotency key is ever sent, so a request that was heard but not answered would refund twice.
    { maxRetries: 0 },
  )
  return toRefundUpdate(await classifyError(answer, DOUBTFUL))
}

export function fetchInvoice(paymentId: string): Promise<Response> {
  return createDodoClient().invoices.payments.retrieve(paymentId)
}
