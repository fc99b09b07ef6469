import { missing, refuse } from './errors.ts'
import type { PaymentIntent, StripeSandbox } from './sandbox.ts'
import { newDispute } from './shapes/dispute.ts'
import { emit } from './webhook-face.ts'

export const DISPUTE_OUTCOMES = ['under_review', 'won', 'lost'] as const
type DisputeOutcome = (typeof DISPUTE_OUTCOMES)[number]

/** What a buyer does through their bank. @throws SandboxError 400 when nothing was paid */
export function openDispute({ store, webhooks }: StripeSandbox, intent: PaymentIntent) {
  if (intent.status !== 'succeeded')
    throw refuse(400, 'not_disputable', 'Only a paid charge can be disputed.')
  const dispute = newDispute(intent, intent.amount)
  store.state.disputes[dispute.id] = dispute
  emit(webhooks, 'charge.dispute.created', { kind: 'dispute', id: dispute.id, object: dispute })
  store.save()
  return dispute
}

/** @throws SandboxError 404 */
export function moveDispute({ store, webhooks }: StripeSandbox, id: string, status: DisputeOutcome) {
  const dispute = store.state.disputes[id]
  if (!dispute) throw missing('dispute', id)
  dispute.status = status
  const type = status === 'under_review' ? 'charge.dispute.updated' : 'charge.dispute.closed'
  emit(webhooks, type, { kind: 'dispute', id, object: dispute })
  store.save()
  return dispute
}
