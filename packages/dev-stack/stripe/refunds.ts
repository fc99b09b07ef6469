import { refuse } from './errors.ts'
import type { PaymentIntent, StripeSandbox, StripeState } from './sandbox.ts'
import { toCharge } from './shapes/charge.ts'
import { newRefund } from './shapes/refund.ts'
import { emit } from './webhook-face.ts'

type RefundInput = { amount?: number | undefined; metadata?: Record<string, string> | undefined }

/** Gives money back, all that is left by default. @throws SandboxError 400 when there is less, or nothing was paid */
export function refund(sandbox: StripeSandbox, intent: PaymentIntent, input: RefundInput) {
  const { store, webhooks } = sandbox
  const { state } = store
  if (intent.status !== 'succeeded') {
    throw refuse(
      400,
      'payment_intent_unexpected_state',
      'This PaymentIntent does not have a successful charge.',
    )
  }
  const left = intent.amount - refundedOf(state, intent)
  const amount = input.amount ?? left
  if (left === 0) throw refuse(400, 'charge_already_refunded', 'This charge has already been refunded.')
  if (amount < 1 || amount > left) {
    throw refuse(
      400,
      'amount_too_large',
      `Refund amount (${amount}) is not between 1 and what is left (${left}).`,
    )
  }
  const fails = state.faults.failRefunds > 0
  if (fails) state.faults.failRefunds -= 1
  const made = newRefund(intent, {
    amount,
    metadata: input.metadata ?? {},
    status: fails ? 'failed' : 'succeeded',
  })
  state.refunds[made.id] = made
  if (!fails) emitCharge(sandbox, intent)
  emit(webhooks, fails ? 'refund.failed' : 'refund.created', { kind: 'refund', id: made.id, object: made })
  store.save()
  return made
}

/** What was given back of a payment, in minor units. */
export const refundedOf = ({ refunds }: StripeState, { id }: PaymentIntent) =>
  Object.values(refunds)
    .filter(({ payment_intent, status }) => payment_intent === id && status !== 'failed')
    .reduce((sum, { amount }) => sum + amount, 0)

function emitCharge({ store, webhooks }: StripeSandbox, intent: PaymentIntent): void {
  const { state } = store
  const disputed = Object.values(state.disputes).some(({ payment_intent }) => payment_intent === intent.id)
  const charge = toCharge(intent, { refunded: refundedOf(state, intent), disputed })
  emit(webhooks, 'charge.refunded', { kind: 'payment', id: intent.id, object: charge })
}
