import 'server-only'
import DodoPayments from 'dodopayments'
import { ProviderRefusedError } from '../errors'
import type { RefundFact } from '../facts'
import type { RefundRequest } from '../provider'
import { createDodoClient } from './client'
import { toRefundFact } from './objects'

/** Of the answers below 500, those that may come although the request was, or will be, carried out. */
const UNCERTAIN = new Set([408, 409, 429])

export async function refund({ paymentId, requestId, reason, item }: RefundRequest): Promise<RefundFact> {
  try {
    const answer = await createDodoClient().refunds.create(
      {
        payment_id: paymentId,
        reason,
        metadata: { request_id: requestId },
        items: item && [{ item_id: item.productId, amount: item.amount, tax_inclusive: true }],
      },
      // No idempotency key is ever sent, so a request that was heard but not answered would refund twice.
      { maxRetries: 0 },
    )
    return toRefundFact(answer)
  } catch (error) {
    throw isRefusal(error) ? new ProviderRefusedError(error.message, { cause: error }) : error
  }
}

function isRefusal(error: unknown): error is Error {
  if (!(error instanceof DodoPayments.APIError) || error.status === undefined) return false
  return error.status < 500 && !UNCERTAIN.has(error.status)
}

export function fetchInvoice(paymentId: string): Promise<Response> {
  return createDodoClient().invoices.payments.retrieve(paymentId)
}
