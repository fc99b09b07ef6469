import { newId } from '../ids.ts'
import type { DodoPayments } from '../types.ts'
import { BRAND_ID, BUSINESS_ID } from './business.ts'

type NewRefund = { amount: number; reason: string | null; metadata: DodoPayments.Metadata }

export function newRefund(payment: DodoPayments.Payment, input: NewRefund): DodoPayments.Refund {
  return {
    refund_id: newId('ref'),
    payment_id: payment.payment_id,
    business_id: BUSINESS_ID,
    brand_id: BRAND_ID,
    status: 'pending',
    is_partial: input.amount < payment.total_amount,
    amount: input.amount,
    currency: payment.currency,
    customer: payment.customer,
    metadata: input.metadata,
    reason: input.reason,
    created_at: new Date().toISOString(),
  }
}

export function toRefundListItem(refund: DodoPayments.Refund): DodoPayments.RefundListItem {
  const { refund_id, payment_id, business_id, status, is_partial, amount, currency, reason, created_at } =
    refund
  return { refund_id, payment_id, business_id, status, is_partial, amount, currency, reason, created_at }
}
