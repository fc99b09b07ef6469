import type { CardOutcome } from '../dodopayments/cards.ts'
import { findIntent } from './find.ts'
import { stripeId } from './plain.ts'
import type { PaymentIntent, StripeSandbox } from './sandbox.ts'
import { emit } from './webhook-face.ts'

const SETTLEMENT_DELAY = 5_000

const STATUSES = {
  succeeded: 'succeeded',
  processing: 'processing',
  failed: 'requires_payment_method',
  cancelled: 'canceled',
} as const

const EVENTS = {
  succeeded: 'succeeded',
  processing: 'processing',
  failed: 'payment_failed',
  cancelled: 'canceled',
} as const

/** Tries a payment with a card whose bank decides so, and tells of it. */
export function chargeIntent({ webhooks }: StripeSandbox, intent: PaymentIntent, outcome: CardOutcome): void {
  Object.assign(intent, {
    status: STATUSES[outcome.status],
    latest_charge: stripeId('ch'),
    amount_received: outcome.status === 'succeeded' ? intent.amount : 0,
    last_payment_error:
      outcome.status === 'failed'
        ? { type: 'card_error', code: 'card_declined', message: outcome.message }
        : null,
  })
  emit(webhooks, `payment_intent.${EVENTS[outcome.status]}`, {
    kind: 'payment',
    id: intent.id,
    object: intent,
  })
}

/** Leaves the payment of a checkout to the clock. */
export function settleLater({ store, options }: StripeSandbox, sessionId: string): void {
  const at = Date.now() + (options.settlementDelay ?? SETTLEMENT_DELAY)
  store.state.settlements[sessionId] = new Date(at).toISOString()
}

export function settleIntent({ store, webhooks }: StripeSandbox, id: string | undefined): PaymentIntent {
  const intent = findIntent(store.state, id)
  Object.assign(intent, { status: 'succeeded', amount_received: intent.amount })
  emit(webhooks, 'payment_intent.succeeded', { kind: 'payment', id: intent.id, object: intent })
  return intent
}
