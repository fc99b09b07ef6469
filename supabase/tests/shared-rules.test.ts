import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { packageId } from '../../lib/catalog/package-id.ts'
import { TRANSACTION_TYPES } from '../../lib/credits/history-query.ts'
import { DISPUTE_STATUSES, SUBSCRIPTION_STATUSES } from '../../lib/payments/events/payment-event.ts'
import { PAYMENT_RANKS, PAYMENT_REFUND_RANKS, SUBSCRIPTION_RANKS } from '../../lib/payments/ranks.ts'
import { LIVE_STATUSES } from '../../lib/payments/subscriptions/live-subscription.ts'
import { type Engine, openEngine } from './engine.ts'

let engine: Engine
beforeAll(async () => {
  engine = await openEngine({ connections: 1 })
})
afterAll(() => engine.close())

/** The texts that a check constraint lists. */
async function allowedBy(constraint: string): Promise<string[]> {
  const [row] = await engine.owner<{ definition: string }[]>`
    select pg_get_constraintdef(oid) as definition from pg_constraint where conname = ${constraint}`
  return [...(row?.definition ?? '').matchAll(/'([^']*)'::text/g)].map(([, text]) => text ?? '').sort()
}

describe('what TypeScript and SQL both know is the same', () => {
  test.each([
    ['payment_rank', PAYMENT_RANKS, 'payments_status_is_known'],
    ['payment_refund_rank', PAYMENT_REFUND_RANKS, 'payment_refunds_status_is_known'],
    ['subscription_rank', SUBSCRIPTION_RANKS, 'subscriptions_status_is_known'],
  ])('%s', async (name, ranks, constraint) => {
    expect(Object.keys(ranks).sort()).toEqual(await allowedBy(constraint))
    for (const [status, rank] of Object.entries(ranks)) {
      const [row] = await engine.owner`select private.${engine.owner(name)}(${status}) as rank`
      expect(row?.rank, status).toBe(rank)
    }
  })

  test('the statuses of subscriptions and disputes', async () => {
    expect([...SUBSCRIPTION_STATUSES].sort()).toEqual(await allowedBy('subscriptions_status_is_known'))
    expect([...DISPUTE_STATUSES].sort()).toEqual(await allowedBy('payment_disputes_status_is_known'))
  })

  test('which subscriptions are live', async () => {
    const userId = await engine.createUser()
    const live: string[] = []
    for (const status of SUBSCRIPTION_STATUSES) {
      await engine.owner`
        insert into subscriptions (user_id, provider, provider_subscription_id, package_id, status, current_period_end)
        values (${userId}, 'dodopayments', ${`sub_${status}`}, 'pro-monthly', ${status}, now() + interval '1 month')`
      const [row] = await engine.owner`select private.live_subscription(${userId}) is not null as live`
      if (row?.live) live.push(status)
      await engine.owner`delete from subscriptions where user_id = ${userId}`
    }
    expect(live).toEqual([...LIVE_STATUSES])
  })

  test('the types of ledger rows', async () => {
    const [row] = await engine.owner<{ source: string }[]>`
      select prosrc as source from pg_proc where proname = 'is_valid_entry'`
    const named = new Set([...(row?.source ?? '').matchAll(/'([a-z_]+)'/g)].map(([, type]) => type))
    expect([...named].sort()).toEqual([...TRANSACTION_TYPES].sort())
  })

  test('what the id of a package looks like', async () => {
    const ids = [
      'pro',
      'a',
      'pro-2_x',
      'x'.repeat(40),
      'x'.repeat(41),
      '',
      'Pro',
      '1pro',
      'pro ',
      'pró',
      '-pro',
    ]
    for (const id of ids) {
      const [row] = await engine.owner`select ${id} ~ '^[a-z][a-z0-9_-]{0,39}$' as fits`
      expect(packageId.safeParse(id).success, id).toBe(row?.fits)
    }
    const [row] = await engine.owner<{ definition: string }[]>`
      select pg_get_constraintdef(oid) as definition from pg_constraint where conname = 'credit_packages_id_is_a_slug'`
    expect(row?.definition).toContain('^[a-z][a-z0-9_-]{0,39}$')
  })
})

describe('what is done in the name of an admin', () => {
  test('is refused to everybody else, by every function that takes an actor', async () => {
    const userId = await engine.createUser({ balance: 10 })
    const functions = await engine.owner<{ name: string }[]>`
      select proname as name from pg_proc
      where pronamespace = 'public'::regnamespace and 'p_actor_id' = any(proargnames)
      -- The first writes down what begin_product_sync has allowed: by then the provider has the product. The second reads,
      -- and refuses by an empty answer (account-views.test.ts).
      and proname not in ('end_product_sync', 'read_account_view')
      order by 1`
    const [charge] = await engine.owner`select deduct_credits(${userId}, 1) ->> 'transaction_id' as id`
    const other = await engine.createUser()
    const rest: Record<string, Record<string, unknown>> = {
      adjust_credits: { p_user_id: userId, p_amount: 5, p_reason: 'because' },
      appoint_admin: { p_user_id: other, p_reason: 'because' },
      ban_user: { p_user_id: other, p_reason: 'because' },
      begin_account_view: { p_user_id: other, p_reason: 'because', p_session_id: other },
      begin_product_sync: { p_package_id: 'starter', p_provider: 'dodopayments' },
      close_account: { p_user_id: other, p_confirmation: '', p_caller: { internal: 'test' } },
      create_package: { p_package: { id: 'mine' } },
      dismiss_admin: { p_user_id: other, p_reason: 'because' },
      give_credits: { p_user_id: userId, p_amount: 5, p_reason: 'because' },
      order_packages: { p_ids: ['starter'] },
      prepare_gift_batch: { p_id: userId, p_reason: 'because', p_credit_type: 'general', p_rows: [] },
      record_customer_email: { p_user_id: other, p_provider: 'dodopayments', p_email: 'a@example.com' },
      record_event_replay: { p_id: 'msg', p_outcome: 'applied' },
      record_reconciliation: {
        ...{ p_since: new Date(0), p_until: new Date(), p_checked: {}, p_differences: [] },
      },
      refund_transaction: { p_transaction_id: Number(charge?.id) },
      release_signup_bonus: { p_user_id: other },
      request_payment_refund: { p_payment_id: userId, p_reason: 'because', p_idempotency_key: 'key' },
      run_gift_batch: { p_id: userId },
      set_membership: { p_user_id: userId, p_tier: 'pro' },
      set_tool_switch: { p_tool: 'text-generation', p_message: 'because' },
      sign_out_user: { p_user_id: other, p_reason: 'because' },
      unban_user: { p_user_id: other, p_reason: 'because' },
      update_package: { p_id: 'starter', p_version: 1, p_changes: { price: 1 } },
    }
    expect(functions.map(({ name }) => name)).toEqual(Object.keys(rest))
    const before = await engine.ledger(userId)
    for (const [name, args] of Object.entries(rest)) {
      const result = await engine.call(name, { ...args, p_actor_id: userId })
      expect(result, name).toMatchObject({ ok: false, code: 'forbidden' })
    }
    expect(await engine.ledger(userId)).toEqual(before)
  })
})
