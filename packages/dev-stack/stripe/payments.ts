import type { CardOutcome } from '../dodopayments/cards.ts'
import { missing, refuse } from './errors.ts'
import { nowSeconds } from './plain.ts'
import type { PaymentIntent, Session, StripeSandbox, StripeState } from './sandbox.ts'
import { newDispute } from './shapes/dispute.ts'
import { newInvoice } from './shapes/invoice.ts'
import { newPaymentIntent } from './shapes/payment-intent.ts'
import { newRefund } from './shapes/refund.ts'
import { emit } from './webhook-face.ts'

const SETTLEMENT_DELAY = 5_000

export function findSession(state: StripeState, id: string | undefined) {
  const record = state.sessions[id ?? '']
  if (!record) throw missing('checkout.session', id)
  return record
}

export function findIntent(state: StripeState, id: string | undefined): PaymentIntent {
  const intent = state.intents[id ?? '']
  if (!intent) throw missing('payment_intent', id)
  return intent
}

/** A session that can still be paid: nobody pays twice, or after a day. */
export const isOpen = ({ status, expires_at }: Session) => status === 'open' && expires_at > nowSeconds()

const INTENT_STATUSES = {
  succeeded: 'succeeded',
  processing: 'processing',
  failed: 'requires_payment_method',
  cancelled: 'canceled',
} as const

/** Pays a checkout with what the bank says. A declined card leaves it open. @throws SandboxError 400 when it is over */
export function pay(sandbox: StripeSandbox, id: string, outcome: CardOutcome): PaymentIntent {
  const { store, webhooks, options } = sandbox
  const { session, intentMetadata, makesInvoice } = findSession(store.state, id)
  if (!isOpen(session)) throw refuse(400, 'checkout_session_over', 'This checkout can no longer be paid.')
  const status = INTENT_STATUSES[outcome.status]
  const intent = newPaymentIntent({ session, metadata: intentMetadata, status })
  store.state.intents[intent.id] = intent
  if (outcome.status === 'failed') {
    intent.last_payment_error = { type: 'card_error', code: 'card_declined', message: outcome.message }
    emit(webhooks, 'payment_intent.payment_failed', { kind: 'payment', id: intent.id, object: intent })
    store.save()
    return intent
  }
  const paid = outcome.status === 'succeeded'
  Object.assign(session, {
    status: 'complete',
    payment_intent: intent.id,
    payment_status: paid ? 'paid' : 'unpaid',
  })
  if (paid && makesInvoice) makeInvoice(sandbox, session)
  if (!paid) {
    const at = Date.now() + (options.settlementDelay ?? SETTLEMENT_DELAY)
    store.state.settlements[id] = new Date(at).toISOString()
  }
  emit(webhooks, `payment_intent.${status}`, { kind: 'payment', id: intent.id, object: intent })
  emit(webhooks, 'checkout.session.completed', { kind: 'payment', id: intent.id, object: session })
  store.save()
  return intent
}

/** The money of a slow bank has come. */
export function settle(sandbox: StripeSandbox, id: string): void {
  const { store, webhooks } = sandbox
  const { session, makesInvoice } = findSession(store.state, id)
  const intent = findIntent(store.state, String(session.payment_intent))
  Object.assign(intent, { status: 'succeeded', amount_received: intent.amount })
  session.payment_status = 'paid'
  if (makesInvoice) makeInvoice(sandbox, session)
  emit(webhooks, 'payment_intent.succeeded', { kind: 'payment', id: intent.id, object: intent })
  emit(webhooks, 'checkout.session.async_payment_succeeded', {
    kind: 'payment',
    id: intent.id,
    object: session,
  })
  store.save()
}

function makeInvoice({ store, url }: StripeSandbox, session: Session): void {
  const invoice = newInvoice(session, (id) => `${url()}/invoice/${id}/pdf`)
  store.state.invoices[invoice.id] = invoice
  session.invoice = invoice.id
}

type RefundInput = { amount?: number | undefined; metadata?: Record<string, string> | undefined }

/** Gives money back, all that is left by default. @throws SandboxError 400 when there is less, or nothing was paid */
export function refund({ store, webhooks }: StripeSandbox, intent: PaymentIntent, input: RefundInput) {
  const { state } = store
  if (intent.status !== 'succeeded') {
    throw refuse(
      400,
      'payment_intent_unexpected_state',
      'This PaymentIntent does not have a successful charge.',
    )
  }
  const left = Object.values(state.refunds)
    .filter((made) => made.payment_intent === intent.id && made.status !== 'failed')
    .reduce((rest, made) => rest - made.amount, intent.amount)
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
  emit(webhooks, fails ? 'refund.failed' : 'refund.created', { kind: 'refund', id: made.id, object: made })
  store.save()
  return made
}

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
export function moveDispute(
  { store, webhooks }: StripeSandbox,
  id: string,
  status: 'under_review' | 'won' | 'lost',
) {
  const dispute = store.state.disputes[id]
  if (!dispute) throw missing('dispute', id)
  dispute.status = status
  const type = status === 'under_review' ? 'charge.dispute.updated' : 'charge.dispute.closed'
  emit(webhooks, type, { kind: 'dispute', id, object: dispute })
  store.save()
  return dispute
}
