import { announceCheckout } from './charge.ts'
import { settleRefund } from './refunds.ts'
import type { Sandbox } from './sandbox.ts'
import { renewSubscription } from './subscriptions/renew.ts'

/**
 * Does what time does: settles the payments and refunds whose bank took its time, and renews or ends the
 * subscriptions whose date has come. Stop it with the returned function.
 */
export function startClock(sandbox: Sandbox): () => void {
  const { state } = sandbox.store
  const settleDue = () => {
    for (const [id, at] of Object.entries(state.settlements)) {
      if (new Date(at) > new Date()) continue
      delete state.settlements[id]
      settle(sandbox, id)
    }
  }
  const renewDue = () => {
    for (const record of Object.values(state.subscriptions)) {
      const { status, next_billing_date } = record.subscription
      const at = new Date(next_billing_date)
      if (status === 'active' && at <= new Date()) renewSubscription(sandbox, record, { at })
    }
  }
  const timer = setInterval(() => {
    settleDue()
    renewDue()
  }, 100)
  return () => clearInterval(timer)
}

function settle(sandbox: Sandbox, id: string): void {
  const { payments, refunds } = sandbox.store.state
  const [payment, refund] = [payments[id], refunds[id]]
  if (payment) {
    payment.status = 'succeeded'
    payment.updated_at = new Date().toISOString()
    announceCheckout(sandbox, payment)
  }
  if (refund) settleRefund(sandbox, refund)
}
