import { SandboxError } from './http.ts'
import type { Sandbox } from './sandbox.ts'
import { newDispute } from './shapes/dispute.ts'
import type { DodoPayments } from './types.ts'

export const DISPUTE_OUTCOMES = ['won', 'lost', 'accepted', 'cancelled', 'expired', 'challenged'] as const
type DisputeOutcome = (typeof DISPUTE_OUTCOMES)[number]

/** Neither side has won yet. */
const UNDECIDED: readonly DodoPayments.DisputeStatus[] = ['dispute_opened', 'dispute_challenged']

export const isUndecided = ({ dispute_status }: DodoPayments.GetDispute) => UNDECIDED.includes(dispute_status)

/**
 * What a customer does through their bank.
 * @throws SandboxError 409 when the payment is disputed already, 422 when it never succeeded
 */
export function openDispute(
  { store, webhooks }: Sandbox,
  payment: DodoPayments.Payment,
  { amount = payment.total_amount, reason = 'Product not received' } = {},
): DodoPayments.GetDispute {
  if (payment.status !== 'succeeded') {
    throw new SandboxError(422, 'PAYMENT_NOT_SUCCEEDED', 'Only a payment that succeeded can be disputed.')
  }
  const open = Object.values(store.state.disputes).some(
    (dispute) => dispute.payment_id === payment.payment_id && isUndecided(dispute),
  )
  if (open) throw new SandboxError(409, 'PAYMENT_DISPUTED', 'This payment is disputed already.')
  const dispute = newDispute(payment, { amount, reason })
  store.state.disputes[dispute.dispute_id] = dispute
  webhooks.emit('dispute.opened', { kind: 'dispute', id: dispute.dispute_id })
  return dispute
}

/** @throws SandboxError 409 when it is decided already */
export function moveDispute(
  { webhooks }: Sandbox,
  dispute: DodoPayments.GetDispute,
  outcome: DisputeOutcome,
): DodoPayments.GetDispute {
  if (!isUndecided(dispute)) throw new SandboxError(409, 'DISPUTE_DECIDED', 'This dispute is over.')
  dispute.dispute_status = `dispute_${outcome}`
  webhooks.emit(`dispute.${outcome}`, { kind: 'dispute', id: dispute.dispute_id })
  return dispute
}
