import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { runJob } from '../../lib/jobs/run-job.ts'
import { reconcile } from '../../lib/payments/reconciliation/reconcile.ts'
import { DAY_MS } from '../../lib/time.ts'
import { openShop, type Shop } from './shop.ts'

// Work after an answer needs a request of Next.js around it; nothing is mailed here.
vi.mock('next/server', () => ({ after: vi.fn() }))

const SLOW = '4000000000000077'

let shop: Shop
let buyer: Awaited<ReturnType<Shop['createBuyer']>>
beforeAll(async () => {
  shop = await openShop()
  return () => shop.close()
})
beforeEach(async () => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  buyer = await shop.createBuyer()
  await shop.loseWebhooks()
})
/** Whatever failed: another run fixes the rest, and what comes late changes nothing. */
afterEach(async () => {
  shop.interceptWith(() => undefined)
  await run()
  const before = await shop.ledger(buyer.id)
  await shop.findWebhooks()
  expect(await shop.ledger(buyer.id)).toEqual(before)
  expect((await run()).filter(({ repaired }) => repaired)).toEqual([])
  await shop.expectSoundLedger()
})

const recently = () => ({ since: new Date(Date.now() - 3 * DAY_MS), until: new Date() })
const run = async () => (await reconcile(recently())).differences

async function lastReport() {
  const [report] = await shop.owner`
    select actor_id, checked, differences from reconciliations order by id desc limit 1`
  return report
}
/** Lets DodoPayments fail where `asked` says so. */
function failOn(asked: (url: URL) => boolean): void {
  shop.interceptWith((request) =>
    asked(new URL(request.url))
      ? Response.json({ code: 'DOWN', message: 'Down.' }, { status: 500 })
      : undefined,
  )
}

test('a provider that fails in the middle leaves a report of what was done, and an error', async () => {
  const id = await shop.subscribe(buyer)
  failOn(({ pathname, searchParams }) => pathname === '/payments' && !searchParams.has('subscription_id'))
  await expect(run()).rejects.toMatchObject({ status: 502, code: 'reconciliation_incomplete' })
  expect(await lastReport()).toMatchObject({
    checked: { subscriptions: 1, payments: 0 },
    differences: [
      { kind: 'subscription', id, repaired: true },
      { kind: 'unfinished', repaired: false, note: expect.stringContaining('broke off') },
    ],
  })
  expect(await shop.ledger(buyer.id)).toEqual(['subscription_grant 500'])
  shop.interceptWith(() => undefined)
  expect((await run()).map(({ kind }) => kind)).toEqual(['payment'])
  expect(await shop.ledger(buyer.id)).toEqual(['subscription_grant 500'])
})

test('a provider that is away from the beginning changes nothing, and the report says so', async () => {
  await shop.purchase(buyer)
  failOn(() => true)
  await expect(run()).rejects.toMatchObject({ code: 'reconciliation_incomplete' })
  expect(await lastReport()).toMatchObject({
    checked: { payments: 0 },
    differences: [{ kind: 'unfinished' }],
  })
  expect(await shop.ledger(buyer.id)).toEqual([])
})

test('one payment that cannot be fetched stops no other', async () => {
  const first = await shop.purchase(buyer)
  const broken = await shop.purchase(buyer, 'starter')
  const last = await shop.purchase(buyer, 'enterprise')
  failOn(({ pathname }) => pathname === `/payments/${broken}`)
  const differences = await run()
  const repaired = differences.filter((difference) => difference.repaired).map(({ id }) => id)
  expect(repaired.toSorted()).toEqual([first, last].toSorted())
  expect(differences).toContainEqual(
    expect.objectContaining({ id: broken, repaired: false, note: expect.stringContaining('could not') }),
  )
  expect((await shop.ledger(buyer.id)).toSorted()).toEqual(['purchase 2000', 'purchase 500'])
})

test('payments of customers that are not ours are counted, and nothing else', async () => {
  const { checkout_url } = await shop.ask<{ checkout_url: string }>('/checkouts', {
    product_cart: [{ product_id: 'pdt_pro', quantity: 1 }],
    customer: { email: 'somebody@example.org', name: 'Somebody' },
    return_url: 'http://localhost:3000/elsewhere',
  })
  const card = new URLSearchParams({ number: '4242424242424242', expiry: '06/32', cvc: '123' })
  await fetch(checkout_url, { method: 'POST', body: card, redirect: 'manual' })
  const { checked, differences } = await reconcile(recently())
  expect(checked.foreign).toBe(1)
  expect(differences).toEqual([])
  const noted =
    await shop.owner`select id from payment_events where source = 'reconciliation' and status = 'failed'`
  expect([...noted]).toEqual([])
})

test('a webhook that comes while the provider is being asked wins over the older answer', async () => {
  const id = await shop.subscribe(buyer)
  shop.interceptWith(async ({ url }) => {
    if (!url.endsWith(`/subscriptions/${id}`)) return undefined
    const answer = await shop.ask<object>(`/subscriptions/${id}`)
    await shop.ask(`/sandbox/subscriptions/${id}/cancel-at-period-end`, {})
    await shop.findWebhooks()
    return Response.json(answer)
  })
  await run()
  const [subscription] = await shop.owner`
    select cancel_at_period_end from subscriptions where provider_subscription_id = ${id}`
  expect(subscription?.cancel_at_period_end).toBe(true)
  expect(await shop.ledger(buyer.id)).toEqual(['subscription_grant 500'])
})

test('a trial gives its membership and no credits', async () => {
  const [customer] = await shop.owner`
    insert into payment_customers (user_id, provider, provider_customer_id)
    values (${buyer.id}, 'dodopayments', ${(await shop.ask<{ customer_id: string }>('/customers', { email: buyer.email, name: 'B' })).customer_id})
    returning provider_customer_id as id`
  const { checkout_url } = await shop.ask<{ checkout_url: string }>('/checkouts', {
    product_cart: [{ product_id: 'pdt_pro_monthly', quantity: 1 }],
    customer: { customer_id: customer?.id },
    subscription_data: { trial_period_days: 14 },
    return_url: 'http://localhost:3000/payment-success',
  })
  const card = new URLSearchParams({ number: '4242424242424242', expiry: '06/32', cvc: '123' })
  await fetch(checkout_url, { method: 'POST', body: card, redirect: 'manual' })
  expect(await run()).toContainEqual(
    expect.objectContaining({ theirs: expect.stringMatching(/^active \(trial\)/), repaired: true }),
  )
  const [profile] = await shop.owner`select membership_tier as tier from profiles where id = ${buyer.id}`
  expect(profile?.tier).toBe('pro')
  expect(await shop.ledger(buyer.id)).toEqual([])
})

test('a payment the bank took days for is found, though the period does not list it', async () => {
  const paid = await shop.purchase(buyer, 'pro', SLOW)
  await shop.owner`
    update payments set status = 'processing', provider_payment_id = ${paid},
      created_at = clock_timestamp() - interval '5 days'
    where user_id = ${buyer.id}`
  const now = new Date()
  await vi.waitFor(async () => {
    await reconcile({ since: now, until: now })
    expect(await shop.ledger(buyer.id)).toEqual(['purchase 500'])
  }, 15_000)
})

test('what is over here, or of a product that is sold no more, is left with a sentence', async () => {
  const over = await shop.subscribe(buyer)
  const other = await shop.createBuyer()
  const moved = await shop.subscribe(other, 'pro-yearly')
  await run()
  await shop.owner`
    update subscriptions set status = 'expired' where provider_subscription_id = ${over}`
  await shop.owner`update package_products set product_id = 'pdt_moved' where package_id = 'pro-yearly'`
  try {
    const note = (id: string, text: string) =>
      expect.objectContaining({ id, repaired: false, note: expect.stringContaining(text) })
    const differences = await run()
    expect(differences).toContainEqual(note(over, 'Here it is over'))
    expect(differences).toContainEqual(note(moved, 'No plan of ours is the product pdt_pro_yearly'))
  } finally {
    await shop.owner`update package_products set product_id = 'pdt_pro_yearly' where package_id = 'pro-yearly'`
  }
})

test('the job leaves what is younger than two minutes to its webhook, then repairs it', async () => {
  await run()
  await shop.purchase(buyer)
  expect(await runJob('reconcile')).toMatchObject({ ok: true, repaired: 0 })
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 5 * 60_000 })
  try {
    expect(await runJob('reconcile')).toMatchObject({ ok: true, repaired: 1 })
  } finally {
    vi.useRealTimers()
  }
  expect(await shop.ledger(buyer.id)).toEqual(['purchase 500'])
  expect(await lastReport()).toMatchObject({ actor_id: null })
})
