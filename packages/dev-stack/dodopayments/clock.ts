import { announceCheckout } from './charge.ts'
import { settleRefund } from './refunds.ts'
import type { Sandbox } from './sandbox.ts'
import { renewSubscription } from './subscriptions/renew.ts'

type Clock = {
  /** What settles by itself, by id, and when. */
  settlements: Record<string, string>
  settle(id: string): void
  /** Renews or ends the subscriptions whose date has come. */
  renewDue(): void
}

/** Does what time does, until the function it returns is called. */
export function runClock({ settlements, settle, renewDue }: Clock): () => void {
  const timer = setInterval(() => {
    for (const [id, at] of Object.entries(settlements)) {
      if (new Date(at) > new Date()) continue
      delete settlements[id]
      settle(id)
    }
    renewDue()
  }, 100)
  return () => clearInterval(timer)
}

/** Settles the payments and refunds whose bank took its time, and renews the subscriptions that are due. */
export function startClock(sandbox: Sandbox): () => void {
  const { state } = sandbox.store
  return runClock({
    settlements: state.settlements,
    settle: (id) => settle(sandbox, id),
    renewDue() {
      for (const record of Object.values(state.subscriptions)) {
        const { status, next_billing_date } = record.subscription
        const at = new Date(next_billing_date)
        if (status === 'active' && at <= new Date()) renewSubscription(sandbox, record, { at })
      }
    },
  })
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
