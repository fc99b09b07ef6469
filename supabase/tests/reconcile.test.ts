import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { paymentProvider } from '../../lib/payments/index.ts'
import { reconcile } from '../../lib/payments/reconciliation/reconcile.ts'
import { DAY_MS } from '../../lib/time.ts'
import { openShop, type Shop } from './shop.ts'

// Work after an answer needs a request of Next.js around it; nothing is mailed here.
vi.mock('next/server', () => ({ after: vi.fn() }))

const ADMIN = 'a0000000-0000-4000-8000-000000000001'

let shop: Shop
let buyer: Awaited<ReturnType<Shop['createBuyer']>>
beforeAll(async () => {
  shop = await openShop()
  return () => shop.close()
})
beforeEach(async () => {
  buyer = await shop.createBuyer()
})
/** However it ended: the webhooks that come late change nothing, and there is nothing left to repair. */
afterEach(async () => {
  shop.interceptWith(() => undefined)
  await run()
  const before = await money()
  await shop.findWebhooks()
  expect(await money()).toEqual(before)
  expect(await repaired()).toEqual([])
  await shop.expectSoundLedger()
})

/** The provider's list still says what was true a moment ago. */
function listWithStatus(path: '/payments' | '/refunds' | '/subscriptions', id: string, status: string): void {
  const key = { '/payments': 'payment_id', '/refunds': 'refund_id', '/subscriptions': 'subscription_id' }[
    path
  ]
  shop.interceptWith(async ({ url }) => {
    const { pathname, search } = new URL(url)
    if (pathname !== path) return undefined
    const list = await shop.ask<{ items: Record<string, unknown>[] }>(`${pathname}${search}`)
    const items = list.items.map((item) => (item[key] === id ? { ...item, status } : item))
    return Response.json({ ...list, items })
  })
}

/** Compares everything up to now. */
async function run() {
  const period = { since: new Date(Date.now() - 3 * DAY_MS), until: new Date() }
  return (await reconcile(period)).differences
}
const repaired = async () => (await run()).filter((difference) => difference.repaired)

async function money() {
  const ledger = await shop.owner`select user_id, type, amount from credit_transactions order by id`
  const payments = await shop.owner`
    select provider_payment_id, status, refunded_amount from payments where status = 'succeeded' order by id`
  const subscriptions = await shop.owner`
    select provider_subscription_id, status, package_id, current_period_start, current_period_end,
      cancel_at_period_end
    from subscriptions order by id`
  return [...ledger, ...payments, ...subscriptions]
}

const mended = (kind: string, id: string, more: object = {}) =>
  expect.objectContaining({ kind, id, repaired: true, note: null, ...more })
const left = (kind: string, id: string, note: RegExp) =>
  expect.objectContaining({ kind, id, repaired: false, note: expect.stringMatching(note) })

const tier = async () =>
  (await shop.owner`select membership_tier as tier from profiles where id = ${buyer.id}`)[0]?.tier
const refundsOf = (paymentId: string) => shop.owner`
  select r.status, r.error, r.provider_refund_id, r.requested_by
  from payment_refunds r join payments p on p.id = r.payment_id where p.provider_payment_id = ${paymentId}`

async function requestRefund(paymentId: string): Promise<string> {
  const [payment] = await shop.owner`select id from payments where provider_payment_id = ${paymentId}`
  await shop.call('request_payment_refund', {
    p_payment_id: String(payment?.id),
    p_reason: 'Asked for by the buyer',
    p_actor_id: ADMIN,
    p_idempotency_key: paymentId,
  })
  const [request] = await shop.owner<{ id: string }[]>`
    update payment_refunds set created_at = clock_timestamp() - interval '2 hours'
    where payment_id = ${String(payment?.id)} returning id`
  return request?.id ?? ''
}

test('what was bought while no webhook came is granted by one run, and the report says so', async () => {
  await shop.loseWebhooks()
  const paid = await shop.purchase(buyer)
  await shop.purchase(buyer, 'starter', '4000000000000002')
  expect(await shop.ledger(buyer.id)).toEqual([])

  const differences = await run()
  expect(differences).toContainEqual(mended('payment', paid, { theirs: 'succeeded', ours: null }))
  expect(differences.map(({ theirs }) => theirs).toSorted()).toEqual(['failed', 'succeeded'])
  expect(await shop.ledger(buyer.id)).toEqual(['purchase 500'])
  const [report] = await shop.owner`select checked, differences from reconciliations order by id desc limit 1`
  expect(report).toMatchObject({ checked: { payments: 2, foreign: 0 }, differences })
  expect(await run()).toEqual([])
})

test('a subscription, its renewal and its cancellation are taken over, and a renewal grants once', async () => {
  const id = await shop.subscribe(buyer)
  await shop.settle()
  expect(await shop.credits(buyer.id)).toEqual({ balance: 500, debt: 0 })
  const second = () => Math.floor(Date.now() / 1000)
  const bought = second()
  // Periods are told apart by the second they start in.
  await vi.waitFor(() => expect(second()).toBeGreaterThan(bought), { timeout: 15_000 })
  await shop.loseWebhooks()
  await shop.ask(`/sandbox/subscriptions/${id}/renew`, {})
  await shop.ask(`/sandbox/subscriptions/${id}/cancel-at-period-end`, {})
  const differences = await run()
  expect(differences).toContainEqual(
    mended('subscription', id, { theirs: expect.stringMatching(/^active, pro-monthly, .* ends then$/) }),
  )
  expect(differences.map(({ kind }) => kind)).toEqual(['subscription', 'payment'])
  expect(await shop.ledger(buyer.id)).toEqual(['subscription_grant 500', 'subscription_grant 500'])
  expect(await run()).toEqual([])

  await shop.ask(`/sandbox/subscriptions/${id}/expire`, {})
  expect(await tier()).toBe('pro')
  expect(await run()).toEqual([mended('subscription', id, { theirs: expect.stringMatching(/^expired/) })])
  expect(await tier()).toBeNull()
})

test('a subscription nobody told of is opened with its membership and its first credits', async () => {
  await shop.loseWebhooks()
  const id = await shop.subscribe(buyer, 'enterprise-monthly')
  expect((await run()).map(({ kind }) => kind)).toEqual(['subscription', 'payment'])
  expect(await shop.ledger(buyer.id)).toEqual(['subscription_grant 3000'])
  expect(await tier()).toBe('enterprise')
  const periods = await shop.owner`
    select p.payment_id from subscription_periods p
    join subscriptions s on s.id = p.subscription_id where s.provider_subscription_id = ${id}`
  expect([...periods]).toEqual([{ payment_id: expect.any(String) }])
})

test('a period whose renewal alone was lost is granted, though all else is known', async () => {
  await shop.loseWebhooks()
  const id = await shop.subscribe(buyer)
  const { items } = await shop.ask<{ items: { id: string; type: string; object: { id: string } }[] }>(
    '/sandbox/deliveries',
  )
  const active = items.find(({ type, object }) => type === 'subscription.active' && object.id === id)
  await shop.ask('/sandbox/release', { order: [active?.id] })
  await vi.waitFor(async () => expect(await tier()).toBe('pro'))
  expect(await shop.ledger(buyer.id)).toEqual([])
  expect(await run()).toContainEqual(mended('subscription', id))
  expect(await shop.ledger(buyer.id)).toEqual(['subscription_grant 500'])
})

test('a charge near no period of ours is left to an admin, with a word on what to do', async () => {
  const id = await shop.subscribe(buyer)
  await shop.settle()
  const earlier = {
    payment_id: `pay_before_${id}`,
    created_at: new Date(Date.now() - 2 * DAY_MS).toISOString(),
  }
  const { items } = await shop.ask<{ items: { payment_id: string }[] }>(`/payments?subscription_id=${id}`)
  const whole = await shop.ask<object>(`/payments/${items[0]?.payment_id}`)
  shop.interceptWith((request) => {
    const { pathname, searchParams } = new URL(request.url)
    if (pathname === `/payments/${earlier.payment_id}`) {
      return Response.json({ ...whole, ...earlier, checkout_session_id: null })
    }
    if (pathname !== '/payments' || searchParams.get('page_number') !== '0') return undefined
    return Response.json({ items: [...items, { ...items[0], ...earlier }] })
  })
  expect(await run()).toEqual([
    mended('payment', earlier.payment_id),
    left('charge', earlier.payment_id, /send its subscription.renewed webhook again/),
  ])
  expect(await shop.ledger(buyer.id)).toEqual(['subscription_grant 500'])

  shop.interceptWith(() => undefined)
  expect(await run()).toEqual([left('payment', earlier.payment_id, /does not know it as paid/)])
})

test('a refund made in the dashboard takes its credits back', async () => {
  const paid = await shop.purchase(buyer)
  await shop.settle()
  await shop.loseWebhooks()
  const { refund_id } = await shop.ask<{ refund_id: string }>(`/sandbox/payments/${paid}/refund`, {})
  await vi.waitFor(async () => {
    expect(await run()).toContainEqual(mended('refund', refund_id, { theirs: 'succeeded' }))
  }, 15_000)
  expect(await shop.credits(buyer.id)).toEqual({ balance: 0, debt: 0 })
})

test('a refund that succeeds while it is compared is reported as what it became', async () => {
  const paid = await shop.purchase(buyer)
  await shop.settle()
  await shop.loseWebhooks()
  const refund_id = await shop.refund(paid)
  listWithStatus('/refunds', refund_id, 'pending')
  expect(await run()).toContainEqual(mended('refund', refund_id, { theirs: 'succeeded' }))
  expect(await shop.credits(buyer.id)).toEqual({ balance: 0, debt: 0 })
})

test('a payment that succeeds while it is compared is reported as what it became', async () => {
  await shop.loseWebhooks()
  const paid = await shop.purchase(buyer)
  listWithStatus('/payments', paid, 'processing')
  expect(await run()).toContainEqual(mended('payment', paid, { theirs: 'succeeded' }))
  expect(await shop.credits(buyer.id)).toEqual({ balance: 500, debt: 0 })
})

test('a subscription that ends while it is compared is reported as what it became', async () => {
  const id = await shop.subscribe(buyer)
  await shop.settle()
  await shop.loseWebhooks()
  await shop.ask(`/sandbox/subscriptions/${id}/expire`, {})
  listWithStatus('/subscriptions', id, 'paused')
  expect(await run()).toContainEqual(
    mended('subscription', id, { theirs: expect.stringMatching(/^expired/) }),
  )
})

test('a refund that was heard but not answered is found by the id of its request', async () => {
  const paid = await shop.purchase(buyer)
  await shop.settle()
  await shop.loseWebhooks()
  const requestId = await requestRefund(paid)
  await paymentProvider.refund({ paymentId: paid, requestId, reason: 'Asked for by the buyer', item: null })
  await vi.waitFor(async () => {
    await run()
    expect([...(await refundsOf(paid))]).toMatchObject([{ status: 'succeeded', requested_by: ADMIN }])
  })
  expect(await shop.ledger(buyer.id)).toEqual(['purchase 500', 'clawback -500'])
})

test('a refund that never arrived may be made again; one that may have arrived is left to an admin', async () => {
  const paid = await shop.purchase(buyer)
  const other = await shop.purchase(buyer, 'starter')
  await shop.settle()
  const requestId = await requestRefund(paid)
  const doubtful = await requestRefund(other)
  await shop.refund(other, { amount: 500 })
  await shop.settle()
  const differences = await run()
  expect(differences).toContainEqual(mended('refund_request', requestId))
  expect(differences).toContainEqual(left('refund_request', doubtful, /refunded the same payment/))
  expect([...(await refundsOf(paid))]).toMatchObject([
    { status: 'failed', error: expect.stringContaining('may be made again') },
  ])
})
