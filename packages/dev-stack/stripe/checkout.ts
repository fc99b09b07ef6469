import type { CardOutcome, TestCard } from '../dodopayments/cards.ts'
import { refuse } from './errors.ts'
import { findSession } from './find.ts'
import { chargeIntent, settleIntent, settleLater } from './intents.ts'
import { makeInvoice, payInvoice } from './invoices.ts'
import { nowSeconds } from './plain.ts'
import type { PaymentIntent, Session, SessionRecord, StripeSandbox } from './sandbox.ts'
import { newPaymentIntent } from './shapes/payment-intent.ts'
import { activate, openSubscription, openTrial } from './subscriptions/start.ts'
import { emit } from './webhook-face.ts'

/** A session that can still be paid: nobody pays twice, or after a day. */
export const isOpen = ({ status, expires_at }: Session) => status === 'open' && expires_at > nowSeconds()

/**
 * Pays a checkout with a card, as its bank decides. A declined one leaves it open, and the next is tried for the same
 * payment; a trial takes the card alone. Gives why it was declined, null for one that was not.
 * @throws SandboxError 400 when it is over
 */
export function pay(
  sandbox: StripeSandbox,
  id: string,
  card: Pick<TestCard, 'number'>,
  outcome: CardOutcome,
): string | null {
  const { store } = sandbox
  const record = findSession(store.state, id)
  if (!isOpen(record.session))
    throw refuse(400, 'checkout_session_over', 'This checkout can no longer be paid.')
  record.cardNumber = card.number
  if (record.trialDays > 0) {
    if (outcome.status === 'failed') return outcome.message
    startTrial(sandbox, record)
  } else {
    const intent = intentOf(sandbox, record)
    chargeIntent(sandbox, intent, outcome)
    if (outcome.status !== 'failed') complete(sandbox, record, intent)
  }
  store.save()
  return outcome.status === 'failed' ? outcome.message : null
}

function startTrial(sandbox: StripeSandbox, record: SessionRecord): void {
  Object.assign(record.session, { status: 'complete', payment_status: 'no_payment_required' })
  openTrial(sandbox, record)
  emitSession(sandbox, record, 'completed')
}

function intentOf({ store }: StripeSandbox, record: SessionRecord): PaymentIntent {
  const { session } = record
  const known = store.state.intents[record.intentId ?? '']
  if (known) return known
  const intent = newPaymentIntent({
    customer: session.customer,
    amount: session.amount_total ?? 0,
    currency: record.price.currency,
    // The metadata of a subscription does not reach its payments.
    metadata: session.mode === 'payment' ? record.metadata : {},
  })
  store.state.intents[intent.id] = intent
  record.intentId = intent.id
  if (session.mode === 'payment') session.payment_intent = intent.id
  return intent
}

function complete(sandbox: StripeSandbox, record: SessionRecord, intent: PaymentIntent): void {
  const { session } = record
  const isPaid = intent.status === 'succeeded'
  Object.assign(session, { status: 'complete', payment_status: isPaid ? 'paid' : 'unpaid' })
  if (session.mode === 'subscription') openSubscription(sandbox, record, intent)
  if (isPaid) followPayment(sandbox, record, intent)
  else settleLater(sandbox, session.id)
  emitSession(sandbox, record, 'completed')
}

/** What a checkout brings once its money is there. */
function followPayment(
  sandbox: StripeSandbox,
  { session, ...record }: SessionRecord,
  intent: PaymentIntent,
): void {
  if (session.mode === 'subscription') {
    activate(sandbox, String(session.subscription), intent)
  } else if (record.makesInvoice) {
    const { customer } = session
    const invoice = makeInvoice(sandbox, { customer, total: intent.amount, currency: intent.currency })
    session.invoice = invoice.id
    payInvoice(sandbox, invoice, intent)
  }
}

/** The money of a slow bank has come. */
export function settle(sandbox: StripeSandbox, id: string): void {
  const record = findSession(sandbox.store.state, id)
  const intent = settleIntent(sandbox, record.intentId)
  record.session.payment_status = 'paid'
  followPayment(sandbox, record, intent)
  emitSession(sandbox, record, 'async_payment_succeeded')
  sandbox.store.save()
}

function emitSession(
  { webhooks }: StripeSandbox,
  { session, intentId = '' }: SessionRecord,
  event: string,
): void {
  emit(webhooks, `checkout.session.${event}`, { kind: 'payment', id: intentId, object: session })
}
