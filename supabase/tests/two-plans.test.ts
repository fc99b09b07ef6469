import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { createCheckout } from '../../lib/payments/checkout/create-checkout.ts'
import { reconcile } from '../../lib/payments/reconciliation/reconcile.ts'
import { endSurplusSubscriptions } from '../../lib/payments/subscriptions/end-surplus.ts'
import { manageSubscription } from '../../lib/payments/subscriptions/manage-subscription.ts'
import { DAY_MS } from '../../lib/time.ts'
import { openShop, type Shop } from './shop.ts'

// What follows a webhook is called here by hand, so that a test decides when it runs.
vi.mock('next/server', () => ({ after: vi.fn() }))

let shop: Shop
let buyer: Awaited<ReturnType<Shop['createBuyer']>>
/** Calls that ended a subscription or refunded a payment. */
let calls: string[]

beforeAll(async () => {
  shop = await openShop()
  return () => shop.close()
})
beforeEach(async () => {
  buyer = await shop.createBuyer()
  breakAt(() => null)
})

type Fault = 'lost before' | 'lost after' | 'refused' | null

function breakAt(fault: (call: string) => Fault): void {
  calls = []
  shop.interceptWith(async (request) => {
    const { pathname } = new URL(request.url)
    const call = pathname === '/refunds' ? 'refund' : 'end'
    if (request.method !== 'PATCH' && `${request.method} ${pathname}` !== 'POST /refunds') return undefined
    calls.push(call)
    const broken = new Response('{"message":"broken"}', { status: 502 })
    switch (fault(call)) {
      case 'refused':
        return new Response('{"code":"NOT_ALLOWED","message":"Not allowed."}', { status: 422 })
      case 'lost before':
        return broken
      case 'lost after':
        await fetch(shop.sandboxUrl + pathname, {
          method: request.method,
          headers: request.headers,
          body: await request.text(),
        })
        return broken
      default:
        return undefined
    }
  })
}

const pay = (url: string) => {
  const body = new URLSearchParams({ number: '4242424242424242', expiry: '06/32', cvc: '123' })
  return fetch(url, { method: 'POST', body, redirect: 'manual' })
}

/** Two checkouts of plans that were opened before either was paid; both are paid. */
async function payForTwo(): Promise<void> {
  const first = await createCheckout({ user: buyer, packageId: 'pro-monthly' })
  const second = await createCheckout({ user: buyer, packageId: 'enterprise-monthly' })
  await pay(first.checkoutUrl)
  await shop.settle()
  await pay(second.checkoutUrl)
  await shop.settle()
}

const plans = async () => [
  ...(await shop.owner`
    select package_id as plan, status, surplus from subscriptions where user_id = ${buyer.id} order by created_at`),
]
const refunds = async () => [
  ...(await shop.owner`
    select p.package_id as plan, r.status, r.amount::int as amount from payment_refunds r
    join payments p on p.id = r.payment_id where p.user_id = ${buyer.id} order by r.created_at`),
]
const violations = async () => [
  ...(await shop.owner`select invariant, detail from verify_ledger(${buyer.id})`),
]
/** Until the money went, which takes the sandbox a moment. */
const finished = () =>
  vi.waitFor(async () => {
    await shop.settle()
    expect(await endSurplusSubscriptions()).toEqual({ ok: true, ended: 0, refunded: 0, failed: 0 })
    expect(await plans()).toContainEqual(expect.objectContaining({ surplus: 'closed' }))
  }, 15_000)

const KEPT = { plan: 'pro-monthly', status: 'active', surplus: null }
const ENDED = { plan: 'enterprise-monthly', status: 'cancelled', surplus: 'closed' }

describe('a plan that begins while its owner has a live one', () => {
  test('is ended at once, its money given back and its credits taken back; the first one stays', async () => {
    await payForTwo()
    expect(await violations()).toEqual([
      {
        invariant: 'one_live_subscription',
        detail: expect.stringMatching(/^2 live plans: sub_\w+, sub_\w+$/),
      },
    ])
    expect(await endSurplusSubscriptions()).toMatchObject({ ended: 1, refunded: 1, failed: 0 })
    await finished()
    expect(await plans()).toEqual([KEPT, ENDED])
    expect(await refunds()).toEqual([{ plan: 'enterprise-monthly', status: 'succeeded', amount: 14900 }])
    expect(await shop.credits(buyer.id)).toEqual({ balance: 500, debt: 0 })
    expect(await violations()).toEqual([])
  })

  test('leaves one to cancel, and nothing that renews after that', async () => {
    await payForTwo()
    await endSurplusSubscriptions()
    await finished()
    expect(await manageSubscription(buyer, { action: 'cancel' })).toBe('ending')
    const renewing = await shop.owner`
      select from subscriptions where user_id = ${buyer.id} and status = 'active' and not cancel_at_period_end`
    expect(renewing).toHaveLength(0)
  })

  test.each<Fault>(['lost before', 'lost after'])(
    'is ended and refunded once although requests were %s',
    async (fault) => {
      await payForTwo()
      breakAt(() => fault)
      await endSurplusSubscriptions()
      await endSurplusSubscriptions()
      breakAt(() => null)
      await endSurplusSubscriptions()
      if (fault === 'lost after') await shop.settle()
      await finishRefund()
      await finished()
      expect(await plans()).toEqual([KEPT, ENDED])
      const given = (await refunds()).filter(({ status }) => status === 'succeeded')
      expect(given).toEqual([{ plan: 'enterprise-monthly', status: 'succeeded', amount: 14900 }])
      const { items } = await shop.ask<{ items: { payment_id: string }[] }>(
        '/refunds?page_number=0&page_size=100',
      )
      const ours = await shop.owner<{ id: string }[]>`
        select provider_payment_id as id from payments where user_id = ${buyer.id}`
      expect(items.filter(({ payment_id }) => ours.some(({ id }) => id === payment_id))).toHaveLength(1)
    },
  )

  test('is refunded once, however many servers do it at the same time', async () => {
    await payForTwo()
    await Promise.all(Array.from({ length: 5 }, () => endSurplusSubscriptions()))
    await finished()
    expect(calls.filter((call) => call === 'refund')).toEqual(['refund'])
  })

  test('is named by each reconciliation while the provider refuses to refund it', async () => {
    await payForTwo()
    breakAt((call) => (call === 'refund' ? 'refused' : null))
    await endSurplusSubscriptions()
    await endSurplusSubscriptions()
    expect(calls).toEqual(['end', 'refund'])
    expect(await plans()).toEqual([KEPT, { ...ENDED, surplus: 'open' }])
    const now = Date.now()
    const { differences } = await reconcile({ since: new Date(now - DAY_MS), until: new Date(now) })
    expect(differences).toContainEqual(
      expect.objectContaining({
        kind: 'subscription',
        repaired: false,
        ours: 'second plan',
        theirs: 'cancelled',
      }),
    )
    // An hour later it is tried again.
    breakAt(() => null)
    await letAnHourPass()
    await endSurplusSubscriptions()
    await finished()
  })

  test('is the second one too when the first, which was to end, goes on after all', async () => {
    const first = await shop.subscribe(buyer)
    await shop.settle()
    // It was resumed at the provider, and nobody heard of that.
    await shop.owner`
      update subscriptions set cancel_at_period_end = true, current_period_end = clock_timestamp()
      where provider_subscription_id = ${first}`
    await shop.subscribe(buyer, 'enterprise-monthly')
    await shop.settle()
    expect(await plans()).toMatchObject([{ surplus: null }, { plan: 'enterprise-monthly', surplus: null }])
    await shop.ask(`/sandbox/subscriptions/${first}/renew`, {})
    await shop.settle()
    await endSurplusSubscriptions()
    await finished()
    expect(await plans()).toEqual([KEPT, ENDED])
    expect(await violations()).toEqual([])
  })

  test('stays if the first one turns out to have ended unheard', async () => {
    await payForTwo()
    await shop.loseWebhooks()
    const [first] = await shop.owner<{ id: string }[]>`
      select provider_subscription_id as id from subscriptions
      where user_id = ${buyer.id} and surplus is null`
    await shop.ask(`/sandbox/subscriptions/${first?.id}/expire`, {})
    expect(await endSurplusSubscriptions()).toMatchObject({ ended: 0, refunded: 0 })
    await shop.findWebhooks()
    expect(await plans()).toEqual([
      { plan: 'pro-monthly', status: 'expired', surplus: null },
      { plan: 'enterprise-monthly', status: 'active', surplus: null },
    ])
  })
})

/** Since a refund failed: only then is it tried again. */
const letAnHourPass = () =>
  shop.owner.begin(async (sql) => {
    await sql`alter table payment_refunds disable trigger payment_refunds_touch_updated_at`
    await sql`update payment_refunds set updated_at = updated_at - interval '61 minutes' where status = 'failed'`
    await sql`alter table payment_refunds enable trigger payment_refunds_touch_updated_at`
  })

/** A request nobody answered is failed by the reconciliation an hour later, if the provider never heard of it. */
async function finishRefund(): Promise<void> {
  await shop.owner`
    update payment_refunds set created_at = created_at - interval '2 hours' where status = 'requested'`
  const now = Date.now()
  await reconcile({ since: new Date(now - DAY_MS), until: new Date(now) })
  await letAnHourPass()
  await endSurplusSubscriptions()
}

describe('a checkout', () => {
  const open = (packageId: string) => createCheckout({ user: buyer, packageId })

  test('asked for sixty times at once is opened once', async () => {
    const opened = await Promise.all(Array.from({ length: 60 }, () => open('pro-monthly')))
    expect(new Set(opened.map(({ checkoutUrl }) => checkoutUrl))).toHaveLength(1)
    expect(new Set(opened.map(({ paymentId }) => paymentId))).toHaveLength(1)
  })

  test('is opened anew once it was paid, declined, or half an hour old', async () => {
    const first = await open('starter')
    await pay(first.checkoutUrl)
    await shop.settle()
    const second = await open('starter')
    expect(second).not.toEqual(first)
    await shop.owner`update payments set created_at = created_at - interval '31 minutes' where id = ${second.paymentId}`
    const third = await open('starter')
    expect(third).not.toEqual(second)
    expect(await open('starter')).toEqual(third)
  })

  test('that was paid unheard is heard of, and another one is opened', async () => {
    const first = await open('starter')
    await shop.loseWebhooks()
    await pay(first.checkoutUrl)
    await shop.owner`update payments set created_at = created_at - interval '11 seconds' where id = ${first.paymentId}`
    expect(await open('starter')).not.toEqual(first)
    expect(await shop.ledger(buyer.id)).toEqual(['purchase 100'])
    await shop.findWebhooks()
    expect(await shop.ledger(buyer.id)).toEqual(['purchase 100'])
  })

  test('is opened anew when what is for sale has changed', async () => {
    const first = await open('starter')
    await shop.owner`update credit_packages set price = price + 1 where id = 'starter'`
    expect(await open('starter')).not.toEqual(first)
    await shop.owner`update credit_packages set price = price - 1 where id = 'starter'`
  })

  test('the provider did not open is free for the next try', async () => {
    shop.interceptWith(({ method, url }) =>
      method === 'POST' && url.endsWith('/checkouts') ? new Response('{}', { status: 422 }) : undefined,
    )
    await expect(open('starter')).rejects.toMatchObject({ code: 'payment_provider_unavailable' })
    breakAt(() => null)
    await expect(open('starter')).resolves.toMatchObject({ checkoutUrl: expect.any(String) })
  })

  test('of a plan waits for the payment of another one that the bank has not decided', async () => {
    const { paymentId } = await open('pro-monthly')
    await shop.owner`update payments set status = 'processing' where id = ${paymentId}`
    await expect(open('enterprise-monthly')).rejects.toMatchObject({ code: 'plan_pending', status: 409 })
    await expect(open('starter')).resolves.toMatchObject({ checkoutUrl: expect.any(String) })
  })
})
