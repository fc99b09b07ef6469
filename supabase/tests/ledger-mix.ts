import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { Engine } from './engine.ts'

type Args = Record<string, string | number | object>
type Run = (operation: string, args: Args) => Promise<number>

const p_provider = 'dodopayments'

/** One of everything that can happen to a wallet; gives the transactions by what they are. */
export async function mixLedger(engine: Engine, p_user_id: string) {
  const run: Run = async (operation, args) => {
    const answer = await engine.call(operation, args)
    expect(answer, operation).toMatchObject({ ok: true })
    return answer.transaction_id ?? 0
  }
  const reserve = (price: number) =>
    run('reserve_credits', {
      p_user_id,
      p_action: 'tool',
      p_prices: { default: price },
      p_hold_ms: 60_000,
      p_caller: { internal: 'test' },
    })
  const p_checkout_session_id = 'cks_mix'
  await run('record_checkout', {
    p_user_id,
    p_package_id: 'pro',
    p_checkout_session_id,
    p_provider,
  })
  const purchase = await apply(run, {
    kind: 'payment',
    payment_id: 'pay_mix',
    checkout_session_id: p_checkout_session_id,
    status: 'succeeded',
    product_id: 'pdt_pro',
    amount: 4000,
    currency: 'USD',
  })
  await apply(run, {
    kind: 'refund',
    refund_id: 'ref_mix',
    payment_id: 'pay_mix',
    status: 'succeeded',
    amount: 400,
    whole: false,
  })
  const subscription = await subscribe(run, p_user_id)
  const inAnHour = new Date(Date.now() + 3_600_000).toISOString()
  await run('add_credits', { p_user_id, p_amount: 20, p_expires_at: inAnHour })
  const charge = await run('deduct_credits', { p_user_id, p_amount: 2, p_idempotency_key: 'charge' })
  const refunded = await run('deduct_credits', { p_user_id, p_amount: 8, p_idempotency_key: 'refunded' })
  const refund = await run('refund_transaction', { p_transaction_id: refunded, p_amount: 3 })
  const open = await reserve(4)
  const settled = await reserve(6)
  await run('settle_hold', { p_transaction_id: settled, p_amount: 2 })
  await run('release_hold', { p_transaction_id: await reserve(7) })
  const last = await run('deduct_credits', { p_user_id, p_amount: 1 })
  return { purchase, charge, refund, open, settled, last, ...subscription }
}

/** Stores and applies what the provider tells. */
async function apply(run: Run, p_event: object): Promise<number> {
  const p_event_id = `msg_${randomUUID()}`
  await run('store_payment_event', { p_id: p_event_id, p_type: 'event', p_payload: {}, p_provider })
  return run('apply_payment_event', { p_event_id, p_event })
}

/** A plan that was paid for twice. */
async function subscribe(run: Run, p_user_id: string) {
  const subscription_id = 'sub_mix'
  await run('link_customer', { p_user_id, p_customer_id: 'cus_mix', p_provider })
  const renew = (start: string, end: string) =>
    apply(run, {
      ...{ kind: 'subscription', status: 'active', customer_id: 'cus_mix', product_id: 'pdt_pro_monthly' },
      subscription_id,
      ...{ quantity: 1, period_start: start, period_end: end, occurred_at: start },
      ...{ cancel_at_period_end: false, trial: false, paid: true },
    })
  const pay = (payment_id: string, charged_at: string) =>
    apply(run, {
      ...{ kind: 'payment', payment_id, subscription_id, status: 'succeeded' },
      ...{ amount: 2900, currency: 'USD', charged_at },
    })
  const month = await renew('2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z')
  await pay('pay_month', '2026-01-01T00:00:00Z')
  const renewal = await renew('2026-02-01T00:00:00Z', '2026-03-01T00:00:00Z')
  await pay('pay_renewal', '2026-02-01T00:00:00Z')
  return { month, renewal }
}
