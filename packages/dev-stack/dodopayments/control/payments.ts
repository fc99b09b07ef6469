import { z } from 'zod'
import { announceCheckout } from '../charge.ts'
import { DISPUTE_OUTCOMES, moveDispute, openDispute } from '../disputes.ts'
import { findDispute, findPayment } from '../find.ts'
import { cancelPayment } from '../payments.ts'
import { createRefund, spreadAmount } from '../refunds.ts'
import type { Sandbox } from '../sandbox.ts'
import { control, count } from './control.ts'

const amountInput = z.strictObject({ amount: count.min(1).optional(), reason: z.string().optional() })
const outcomeInput = z.strictObject({ outcome: z.enum(DISPUTE_OUTCOMES) })

/** What a merchant does in the dashboard, and a customer at their bank. */
export const paymentControls = (sandbox: Sandbox) => [
  // Without an amount, all that is left.
  control('/sandbox/payments/:id/refund', amountInput, ({ amount, reason = null }, { id }) => {
    const payment = findPayment(sandbox, id)
    const items = amount ? spreadAmount(sandbox.store.state, payment, amount) : null
    return createRefund(sandbox, payment, { items, reason, metadata: {} }).refund
  }),
  // While the bank takes its time.
  control('/sandbox/payments/:id/cancel', z.strictObject({}), (_input, { id }) => {
    const payment = findPayment(sandbox, id)
    cancelPayment(sandbox, payment)
    announceCheckout(sandbox, payment)
    return payment
  }),
  control('/sandbox/payments/:id/dispute', amountInput, (input, { id }) =>
    openDispute(sandbox, findPayment(sandbox, id), input),
  ),
  control('/sandbox/disputes/:id', outcomeInput, ({ outcome }, { id }) =>
    moveDispute(sandbox, findDispute(sandbox, id), outcome),
  ),
]
