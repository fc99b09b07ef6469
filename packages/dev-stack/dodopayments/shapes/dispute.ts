import { newId } from '../ids.ts'
import type { DodoPayments } from '../types.ts'
import { BRAND_ID, BUSINESS_ID } from './business.ts'

/** Unlike all other amounts, that of a dispute is a string. */
export function newDispute(
  payment: DodoPayments.Payment,
  input: { amount: number; reason: string },
): DodoPayments.GetDispute {
  return {
    dispute_id: newId('dp'),
    payment_id: payment.payment_id,
    business_id: BUSINESS_ID,
    brand_id: BRAND_ID,
    amount: String(input.amount),
    currency: payment.currency,
    dispute_stage: 'dispute',
    dispute_status: 'dispute_opened',
    customer: payment.customer,
    payment_provider: 'dodo',
    reason: input.reason,
    remarks: null,
    is_resolved_by_rdr: false,
    created_at: new Date().toISOString(),
  }
}

/** As it is shown inside its payment. */
export function toDispute(dispute: DodoPayments.GetDispute): DodoPayments.Dispute {
  const {
    brand_id: _brand,
    customer: _customer,
    payment_provider: _provider,
    reason: _reason,
    ...rest
  } = dispute
  return rest
}

export function toDisputeListItem(dispute: DodoPayments.GetDispute): DodoPayments.DisputeListResponse {
  const { remarks: _remarks, ...rest } = toDispute(dispute)
  return { ...rest, payment_provider: dispute.payment_provider }
}
