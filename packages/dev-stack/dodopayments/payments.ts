import { SandboxError } from './http.ts'
import type { Sandbox } from './sandbox.ts'
import type { DodoPayments, PaymentLine } from './types.ts'

const SETTLEMENT_DELAY = 5_000

/** Keeps a payment, and with it what each product in its cart was charged with. */
export function keepPayment(
  { store, url }: Sandbox,
  payment: DodoPayments.Payment,
  lines: PaymentLine[],
): void {
  if (payment.invoice_id) payment.invoice_url = `${url()}/invoice/${payment.payment_id}`
  store.state.payments[payment.payment_id] = payment
  store.state.lines[payment.payment_id] = lines
}

/** Tells of a payment as it stands. */
export function emitPayment({ webhooks }: Sandbox, payment: DodoPayments.Payment): void {
  webhooks.emit(`payment.${payment.status}`, { kind: 'payment', id: payment.payment_id })
}

/**
 * Ends a payment that its bank has not confirmed yet, as a buyer who gives up there does.
 * @throws SandboxError 409 when it is decided already
 */
export function cancelPayment({ store }: Sandbox, payment: DodoPayments.Payment): void {
  if (payment.status !== 'processing') {
    throw new SandboxError(409, 'PAYMENT_DECIDED', 'Only a payment that is being made can be cancelled.')
  }
  delete store.state.settlements[payment.payment_id]
  payment.status = 'cancelled'
  payment.updated_at = new Date().toISOString()
}

/** Leaves a payment or a refund to the clock. */
export function settleLater({ store, options }: Sandbox, id: string): void {
  const delay = options.settlementDelay ?? SETTLEMENT_DELAY
  store.state.settlements[id] = new Date(Date.now() + delay).toISOString()
}
