import type { TestCard } from './cards.ts'
import { sessionStatus } from './checkout.ts'
import { SandboxError } from './http.ts'
import type { Sandbox } from './sandbox.ts'
import { newPayment } from './shapes/payment.ts'
import type { CheckoutSession, DodoPayments } from './types.ts'

const SETTLEMENT_DELAY = 5_000

/**
 * Pays a session with a test card. Each attempt is a payment of its own.
 * @throws SandboxError 409 when the session is paid or over
 */
export function charge(
  sandbox: Sandbox,
  session: CheckoutSession,
  customer: DodoPayments.Customer,
  card: TestCard,
): DodoPayments.Payment {
  if (sessionStatus(sandbox, session) !== 'open') {
    throw new SandboxError(409, 'CHECKOUT_SESSION_CONSUMED', 'This checkout has already been used.')
  }
  const { state } = sandbox.store
  const payment = newPayment(session, customer, card)
  state.payments[payment.payment_id] = payment
  session.paymentId = payment.payment_id
  if (payment.status === 'processing') {
    const delay = sandbox.options.settlementDelay ?? SETTLEMENT_DELAY
    state.settlements[payment.payment_id] = new Date(Date.now() + delay).toISOString()
  }
  announce(sandbox, payment)
  return payment
}

function announce({ webhooks }: Sandbox, payment: DodoPayments.Payment): void {
  webhooks.emit(`payment.${payment.status}`, { kind: 'payment', id: payment.payment_id })
}

/** Settles, when their time comes, the payments whose bank took its time. Stop it with the returned function. */
export function startSettling(sandbox: Sandbox): () => void {
  const { state } = sandbox.store
  const settleDue = () => {
    for (const [id, at] of Object.entries(state.settlements)) {
      const payment = state.payments[id]
      if (!payment || new Date(at) > new Date()) continue
      delete state.settlements[id]
      payment.status = 'succeeded'
      payment.updated_at = new Date().toISOString()
      announce(sandbox, payment)
    }
  }
  const timer = setInterval(settleDue, 100)
  return () => clearInterval(timer)
}
