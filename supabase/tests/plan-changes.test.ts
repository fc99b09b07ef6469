import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { manageSubscription } from '../../lib/payments/subscriptions/manage-subscription.ts'
import { previewPlanChange } from '../../lib/payments/subscriptions/preview-plan-change.ts'
import { openShop, type Shop } from './shop.ts'

const CHANGE = /\/change-plan$/
const BROKEN = () => new Response('{"message":"broken"}', { status: 502 })

let shop: Shop
let buyer: Awaited<ReturnType<Shop['createBuyer']>>
let subscriptionId: string
let changes: number

beforeAll(async () => {
  shop = await openShop()
  return () => shop.close()
})
beforeEach(async () => {
  buyer = await shop.createBuyer()
  breakAt(() => null)
  subscriptionId = await shop.subscribe(buyer)
  await shop.settle()
  await secondOver()
  changes = 0
})
async function periodStart(): Promise<number> {
  const { previous_billing_date } = await shop.ask<{ previous_billing_date: string }>(
    `/subscriptions/${subscriptionId}`,
  )
  return Date.parse(previous_billing_date)
}
/** Periods are told apart by the second they begin in. */
async function secondOver(): Promise<void> {
  const begun = Math.floor((await periodStart()) / 1000)
  await expect.poll(() => Math.floor(Date.now() / 1000)).toBeGreaterThan(begun)
}
afterEach(async () => {
  await shop.findWebhooks()
  await shop.expectSoundLedger()
})

type Fault = 'refused' | 'lost before' | 'lost after' | null

/** Breaks requests of ours, by method and path: DodoPayments never gets them, or we never get its answer. */
function breakAt(fault: (method: string, path: string) => Fault): void {
  shop.interceptWith(async (request) => {
    const { pathname } = new URL(request.url)
    if (CHANGE.test(pathname)) changes += 1
    switch (fault(request.method, pathname)) {
      case 'refused':
        return new Response('{"code":"NOT_ALLOWED","message":"Not allowed."}', { status: 422 })
      case 'lost before':
        return BROKEN()
      case 'lost after':
        await shop.ask(pathname, await request.json())
        return BROKEN()
      default:
        return undefined
    }
  })
}

const change = (packageId = 'pro-yearly') => manageSubscription(buyer, { action: 'change_plan', packageId })
const refusal = (code: string, status: number) => expect.objectContaining({ code, status })

const row = async () =>
  (
    await shop.owner`
      select package_id, scheduled_package_id, cancel_at_period_end, plan_change_at is not null as in_flight
      from subscriptions where provider_subscription_id = ${subscriptionId}`
  )[0]
/** The amounts that were charged, the first one included. */
async function charged(): Promise<number[]> {
  const path = `/payments?page_number=0&page_size=100&subscription_id=${subscriptionId}`
  const { items } = await shop.ask<{ items: { total_amount: number }[] }>(path)
  return items.map(({ total_amount }) => total_amount).toSorted((one, other) => one - other)
}
const forgetClaim = () => shop.owner`
  update subscriptions set plan_change_at = plan_change_at - interval '3 minutes'
  where provider_subscription_id = ${subscriptionId}`

test('the plan is the new one before any webhook came, and the credits come with it, once', async () => {
  await shop.loseWebhooks()
  expect(await change()).toBe('changed')
  expect(await row()).toMatchObject({ package_id: 'pro-yearly', in_flight: false })
  expect(await shop.ledger(buyer.id)).toEqual(['subscription_grant 500'])
  await shop.findWebhooks()
  expect(await shop.ledger(buyer.id)).toEqual(['subscription_grant 500', 'subscription_grant 6000'])
  expect(await charged()).toEqual([2900, 29000])
})

test('the charge for a change is that of the new plan, even when it is told of first', async () => {
  await shop.loseWebhooks()
  await shop.ask(`/subscriptions/${subscriptionId}/change-plan`, {
    product_id: 'pdt_pro_yearly',
    quantity: 1,
    proration_billing_mode: 'full_immediately',
  })
  const { items } = await shop.ask<{ items: { id: string; type: string; status: string }[] }>(
    '/sandbox/deliveries',
  )
  const order = items
    .filter(({ type, status }) => type === 'payment.succeeded' && status === 'held')
    .map(({ id }) => id)
  await shop.ask('/sandbox/release', { order })
  await shop.settle()
  expect(await row()).toMatchObject({ package_id: 'pro-monthly' })
  const payments = await shop.owner`
    select package_id, amount::int from payments where user_id = ${buyer.id} order by created_at`
  expect([...payments]).toEqual([
    { package_id: 'pro-monthly', amount: 2900 },
    { package_id: 'pro-yearly', amount: 29000 },
  ])
})

test('the preview of a change is what the change then charges, and does nothing', async () => {
  const preview = { total: 29000, tax: 0, currency: 'USD' }
  expect(await previewPlanChange(buyer, 'pro-yearly')).toEqual({ when: 'now', ...preview })
  expect(changes).toBe(0)
  expect(await row()).toMatchObject({ package_id: 'pro-monthly', in_flight: false })
  await change()
  expect(await charged()).toEqual([2900, preview.total])
  expect(await previewPlanChange(buyer, 'pro-monthly')).toEqual({
    when: 'next_period',
    ...preview,
    total: 0,
  })
})

test('a change that makes no sense, or that the provider does not tell of, has no preview', async () => {
  await expect(previewPlanChange(buyer, 'pro-monthly')).rejects.toEqual(refusal('same_plan', 409))
  await expect(previewPlanChange(buyer, 'pro')).rejects.toEqual(refusal('package_not_found', 404))
  breakAt((_, path) => (path.endsWith('/preview') ? 'refused' : null))
  await expect(previewPlanChange(buyer, 'pro-yearly')).rejects.toEqual(
    refusal('payment_provider_unavailable', 502),
  )
})

test('asked for many times at once, it is asked for once', async () => {
  const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => change()))
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(changes).toBe(1)
  expect(await charged()).toEqual([2900, 29000])
})

test('in the second its period began a plan is not changed, since that could not be granted', async () => {
  vi.spyOn(Date, 'now').mockReturnValue(await periodStart())
  await expect(change()).rejects.toEqual(refusal('period_just_began', 409))
  vi.restoreAllMocks()
  expect(changes).toBe(0)
  expect(await change()).toBe('changed')
  await shop.settle()
  expect(await shop.ledger(buyer.id)).toEqual(['subscription_grant 500', 'subscription_grant 6000'])
})

test('a refusal changes nothing, and leaves the way free for another try', async () => {
  breakAt((_, path) => (CHANGE.test(path) ? 'refused' : null))
  await expect(change()).rejects.toEqual(refusal('payment_provider_unavailable', 502))
  expect(await row()).toMatchObject({ package_id: 'pro-monthly', in_flight: false })
  breakAt(() => null)
  expect(await change()).toBe('changed')
})

test('a provider that is away is not asked for a change at all', async () => {
  breakAt(() => 'lost before')
  await expect(change()).rejects.toEqual(refusal('payment_provider_unavailable', 502))
  expect(changes).toBe(0)
  expect(await row()).toMatchObject({ package_id: 'pro-monthly', in_flight: false })
})

test('an answer that got lost is made up for by asking the status of the plan', async () => {
  breakAt((_, path) => (CHANGE.test(path) ? 'lost after' : null))
  expect(await change()).toBe('changed')
  expect(await row()).toMatchObject({ package_id: 'pro-yearly', in_flight: false })
  expect(await charged()).toEqual([2900, 29000])
})

test('when it is not known how a change ended, it is not made again', async () => {
  await shop.loseWebhooks()
  let asked = false
  breakAt((_, path) => {
    if (CHANGE.test(path)) {
      asked = true
      return 'lost after'
    }
    return asked ? 'lost before' : null
  })
  await expect(change()).rejects.toEqual(refusal('not_confirmed', 502))
  breakAt(() => null)
  await expect(change()).rejects.toEqual(refusal('change_in_flight', 409))
  // Later the provider is asked before anything is repeated, since no webhook has told.
  await forgetClaim()
  await expect(change()).rejects.toEqual(refusal('same_plan', 409))
  expect(changes).toBe(1)
  expect(await row()).toMatchObject({ package_id: 'pro-yearly', in_flight: false })
  expect(await charged()).toEqual([2900, 29000])
})

test('a request that never arrived may be made again, once its time is over', async () => {
  breakAt((_, path) => (CHANGE.test(path) ? 'lost before' : null))
  await expect(change()).rejects.toEqual(refusal('not_confirmed', 502))
  breakAt(() => null)
  await expect(change()).rejects.toEqual(refusal('change_in_flight', 409))
  await forgetClaim()
  expect(await change()).toBe('changed')
  expect(await charged()).toEqual([2900, 29000])
})

test('a change for the next period is scheduled, and taken back, without a charge', async () => {
  await shop.owner`update credit_packages set price = 2900 where id = 'enterprise-monthly'`
  expect(await change('enterprise-monthly')).toBe('scheduled')
  expect(await row()).toMatchObject({ package_id: 'pro-monthly', scheduled_package_id: 'enterprise-monthly' })
  await expect(change('enterprise-monthly')).rejects.toEqual(refusal('same_plan', 409))
  expect(await manageSubscription(buyer, { action: 'resume' })).toBe('going_on')
  expect(await row()).toMatchObject({ scheduled_package_id: null })
  expect(await charged()).toEqual([2900])
  await shop.owner`update credit_packages set price = 14900 where id = 'enterprise-monthly'`
})

test('cancelling holds although its answer got lost, and can be taken back', async () => {
  const isPatch = (method: string) => method === 'PATCH'
  breakAt((method) => (isPatch(method) ? 'lost before' : null))
  await expect(manageSubscription(buyer, { action: 'cancel' })).rejects.toEqual(refusal('not_confirmed', 502))
  expect(await row()).toMatchObject({ cancel_at_period_end: false })
  breakAt(() => null)
  expect(await manageSubscription(buyer, { action: 'cancel' })).toBe('ending')
  expect(await row()).toMatchObject({ cancel_at_period_end: true })
  await expect(change()).rejects.toEqual(refusal('plan_ending', 409))
  expect(await manageSubscription(buyer, { action: 'resume' })).toBe('going_on')
  expect(await row()).toMatchObject({ cancel_at_period_end: false })
})

test('what an unpaid plan, a plan in another currency, and no plan cannot do is told', async () => {
  await shop.owner`update credit_packages set currency = 'EUR' where id = 'pro-yearly'`
  await expect(change()).rejects.toEqual(refusal('other_currency', 409))
  await shop.owner`update credit_packages set currency = 'USD' where id = 'pro-yearly'`
  await shop.ask(`/sandbox/subscriptions/${subscriptionId}/renew`, { outcome: 'on_hold' })
  await shop.settle()
  await expect(change()).rejects.toEqual(refusal('plan_not_active', 409))
  const nobody = await shop.createBuyer()
  await expect(manageSubscription(nobody, { action: 'cancel' })).rejects.toEqual(
    refusal('no_subscription', 404),
  )
  expect(changes).toBe(0)
})
