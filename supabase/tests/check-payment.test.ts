import { beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { checkPayment } from '../../lib/payments/checkout/check-payment.ts'
import { createCheckout } from '../../lib/payments/checkout/create-checkout.ts'
import { openShop, type Shop } from './shop.ts'

// Work after an answer needs a request of Next.js around it; nothing is mailed here.
vi.mock('next/server', () => ({ after: vi.fn() }))

const DECLINED = '4000000000000002'
const SLOW = '4000000000000077'

let shop: Shop
let buyer: Awaited<ReturnType<Shop['createBuyer']>>
beforeAll(async () => {
  shop = await openShop()
  return () => shop.close()
})
beforeEach(async () => {
  buyer = await shop.createBuyer()
  await shop.loseWebhooks()
  return async () => {
    shop.interceptWith(() => undefined)
    const before = await shop.ledger(buyer.id)
    await shop.findWebhooks()
    expect(await shop.ledger(buyer.id)).toEqual(before)
    await shop.expectSoundLedger()
  }
})

/** As if the last check were long ago. */
const later = () => shop.owner`
  update payments set checked_at = checked_at - interval '10 seconds' where user_id = ${buyer.id}`

test('a purchase whose webhook is late is granted when it is asked about, once', async () => {
  await shop.purchase(buyer)
  expect(await checkPayment(buyer.id)).toBe('settled')
  expect(await shop.ledger(buyer.id)).toEqual(['purchase 500'])
  expect(await checkPayment(buyer.id)).toBe('nothing')
  const events =
    await shop.owner`select type, status from payment_events where payload ->> 'kind' = 'payment'`
  expect([...events]).toContainEqual({ type: 'payment.recorded', status: 'processed' })
})

test('a plan begins with its membership and the credits of its first period', async () => {
  await shop.subscribe(buyer)
  expect(await checkPayment(buyer.id)).toBe('settled')
  expect(await shop.ledger(buyer.id)).toEqual(['subscription_grant 500'])
  const [profile] = await shop.owner`select membership_tier from profiles where id = ${buyer.id}`
  expect(profile?.membership_tier).toBe('pro')
})

test('a plan whose charge alone was told of gets its credits', async () => {
  const id = await shop.subscribe(buyer)
  const { items } = await shop.ask<{ items: { id: string; type: string }[] }>('/sandbox/deliveries')
  const charge = items.findLast(({ type }) => type === 'payment.succeeded')
  await shop.ask('/sandbox/release', { order: [charge?.id] })
  const statuses = async () => {
    const [row] = await shop.owner`
      select p.status as payment, s.status as plan
      from payments p join subscriptions s on s.id = p.subscription_id and s.provider_subscription_id = ${id}`
    return row
  }
  await vi.waitFor(async () => expect(await statuses()).toEqual({ payment: 'succeeded', plan: 'pending' }))
  expect(await checkPayment(buyer.id)).toBe('settled')
  expect(await statuses()).toEqual({ payment: 'succeeded', plan: 'active' })
  expect(await shop.ledger(buyer.id)).toEqual(['subscription_grant 500'])
  await later()
  expect(await checkPayment(buyer.id)).toBe('nothing')
})

test('a declined card is told of, and grants nothing', async () => {
  await shop.purchase(buyer, 'pro', DECLINED)
  expect(await checkPayment(buyer.id)).toBe('settled')
  const [payment] = await shop.owner`select status, failure_reason from payments where user_id = ${buyer.id}`
  expect(payment).toMatchObject({ status: 'failed', failure_reason: expect.stringContaining('declined') })
  expect(await shop.ledger(buyer.id)).toEqual([])
})

test('a bank that takes its time is asked again until it has decided', async () => {
  await shop.purchase(buyer, 'pro', SLOW)
  await vi.waitFor(async () => {
    await later()
    await checkPayment(buyer.id)
    expect(await shop.ledger(buyer.id)).toEqual(['purchase 500'])
  })
})

test('a checkout that nobody paid says nothing, and hides no other one that was paid', async () => {
  await shop.purchase(buyer, 'starter')
  await createCheckout({ user: buyer, packageId: 'pro' })
  expect(await checkPayment(buyer.id)).toBe('waiting')
  expect(await checkPayment(buyer.id)).toBe('nothing')
  await later()
  expect(await checkPayment(buyer.id)).toBe('settled')
  expect(await shop.ledger(buyer.id)).toEqual(['purchase 100'])
})

test('of twenty tabs that ask at once, one is answered by the provider', async () => {
  await shop.purchase(buyer)
  let asked = 0
  shop.interceptWith(() => {
    asked += 1
    return undefined
  })
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => checkPayment(buyer.id)))
  expect(outcomes.filter((outcome) => outcome === 'settled')).toHaveLength(1)
  expect(outcomes.filter((outcome) => outcome === 'nothing')).toHaveLength(19)
  // The session, and its payment.
  expect(asked).toBe(2)
  expect(await shop.ledger(buyer.id)).toEqual(['purchase 500'])
})

test('only the buyer can have a payment asked about', async () => {
  await shop.purchase(buyer)
  const stranger = await shop.createBuyer()
  expect(await checkPayment(stranger.id)).toBe('nothing')
  expect(await shop.ledger(buyer.id)).toEqual([])
  expect(await checkPayment(buyer.id)).toBe('settled')
})

test('a provider that does not answer is a sentence, and the next check finds it', async () => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  const id = await shop.subscribe(buyer)
  // It tells of the charge and then goes away: nothing may be half done.
  shop.interceptWith((request) =>
    request.url.endsWith(`/subscriptions/${id}`) ? new Response('{}', { status: 500 }) : undefined,
  )
  await expect(checkPayment(buyer.id)).rejects.toMatchObject({
    status: 502,
    code: 'payment_provider_unavailable',
    message: expect.stringContaining('There is nothing to repeat'),
  })
  const [payment] = await shop.owner`select status from payments where user_id = ${buyer.id}`
  expect(payment?.status).toBe('pending')
  shop.interceptWith(() => undefined)
  await later()
  expect(await checkPayment(buyer.id)).toBe('settled')
  expect(await shop.ledger(buyer.id)).toEqual(['subscription_grant 500'])
})

test('an answer that does not fit the checkout is an error of ours, without the words meant for admins', async () => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  const paid = await shop.purchase(buyer)
  shop.interceptWith(async ({ url }) => {
    if (!url.endsWith(`/payments/${paid}`)) return undefined
    const answer = JSON.stringify(await shop.ask(`/payments/${paid}`))
    return Response.json(JSON.parse(answer.replaceAll(/pdt_\w+/g, 'pdt_of_another_shop')))
  })
  await expect(checkPayment(buyer.id)).rejects.toMatchObject({
    status: 500,
    code: 'payment_not_applied',
    message: expect.not.stringContaining('pdt_'),
  })
  expect(await shop.ledger(buyer.id)).toEqual([])
  shop.interceptWith(() => undefined)
  await later()
  expect(await checkPayment(buyer.id)).toBe('settled')
  expect(await shop.ledger(buyer.id)).toEqual(['purchase 500'])
})
