import { SandboxError } from './http.ts'
import { settleLater } from './payments.ts'
import type { Sandbox } from './sandbox.ts'
import { newRefund } from './shapes/refund.ts'
import type { DodoPayments, PaymentLine, RefundRecord, SandboxState } from './types.ts'

type NewRefund = {
  /** Null refunds all that is left. An item without an amount is refunded whole. */
  items: { item_id: string; amount?: number | null }[] | null
  reason: string | null
  metadata: DodoPayments.Metadata
}

/**
 * Starts giving a payment back; the clock settles it.
 * @throws SandboxError 409 when nothing is left, 422 when it is more than is left or was never paid
 */
export function createRefund(
  sandbox: Sandbox,
  payment: DodoPayments.Payment,
  input: NewRefund,
): RefundRecord {
  const { state } = sandbox.store
  if (payment.status !== 'succeeded') {
    throw new SandboxError(422, 'PAYMENT_NOT_SUCCEEDED', 'Only a payment that succeeded can be refunded.')
  }
  const lines = refundableLines(state, payment)
  if (lines.every(({ refundable }) => refundable === 0)) {
    throw new SandboxError(409, 'PAYMENT_ALREADY_REFUNDED', 'Nothing of this payment is left to refund.')
  }
  const items = input.items
    ? input.items.map((item) => refundItem(lines, item))
    : lines.map(({ itemId, refundable }) => ({ itemId, amount: refundable }))
  const amount = items.reduce((sum, item) => sum + item.amount, 0)
  const refund = newRefund(payment, { amount, reason: input.reason, metadata: input.metadata })
  const record = { refund, items, fails: state.faults.failRefunds > 0 }
  if (record.fails) state.faults.failRefunds -= 1
  state.refunds[refund.refund_id] = record
  settleLater(sandbox, refund.refund_id)
  sandbox.store.save()
  return record
}

/** Ends a refund as was decided when it was asked for. */
export function settleRefund({ webhooks }: Sandbox, { refund, fails }: RefundRecord): void {
  refund.status = fails ? 'failed' : 'succeeded'
  webhooks.emit(`refund.${refund.status}`, { kind: 'refund', id: refund.refund_id })
}

/** What of each product in a payment can still be given back; refunds that wait count as given. */
export function refundableLines(
  state: SandboxState,
  payment: DodoPayments.Payment,
): (PaymentLine & { refundable: number })[] {
  const given = Object.values(state.refunds)
    .filter(({ refund }) => refund.payment_id === payment.payment_id && refund.status !== 'failed')
    .flatMap(({ items }) => items)
  return paymentLines(state, payment).map((line) => {
    const back = given.filter(({ itemId }) => itemId === line.itemId)
    return { ...line, refundable: line.amount - back.reduce((sum, { amount }) => sum + amount, 0) }
  })
}

/** An amount as items: what is left of each product in turn. More than is left stays too much, and is refused. */
export function spreadAmount(
  state: SandboxState,
  payment: DodoPayments.Payment,
  amount: number,
): { item_id: string; amount: number }[] {
  const lines = refundableLines(state, payment).filter(({ refundable }) => refundable > 0)
  let left = amount
  return lines.flatMap(({ itemId, refundable }, index) => {
    const part = index === lines.length - 1 ? left : Math.min(left, refundable)
    left -= part
    return part > 0 ? [{ item_id: itemId, amount: part }] : []
  })
}

/** Payments from before the sandbox kept lines count as one. */
function paymentLines(state: SandboxState, payment: DodoPayments.Payment): PaymentLine[] {
  const itemId = payment.product_cart?.[0]?.product_id ?? payment.payment_id
  return state.lines[payment.payment_id] ?? [{ itemId, name: itemId, amount: payment.total_amount }]
}

function refundItem(
  lines: ReturnType<typeof refundableLines>,
  { item_id, amount }: { item_id: string; amount?: number | null },
) {
  const line = lines.find(({ itemId }) => itemId === item_id)
  if (!line) throw new SandboxError(422, 'REFUND_ITEM_UNKNOWN', `${item_id} is not part of this payment.`)
  const wanted = amount ?? line.refundable
  if (wanted > 0 && wanted <= line.refundable) return { itemId: item_id, amount: wanted }
  const message = `${line.refundable} of ${item_id} can be refunded, not ${wanted}.`
  throw new SandboxError(422, 'REFUND_AMOUNT_EXCEEDED', message)
}
