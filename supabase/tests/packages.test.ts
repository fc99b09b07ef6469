import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { newPackage, packageChange } from '../../lib/admin/packages/package-input.ts'
import { createPackage, orderPackages, updatePackage } from '../../lib/admin/packages/save-package.ts'
import { createCheckout } from '../../lib/payments/checkout/create-checkout.ts'
import { syncProducts } from '../../lib/payments/products/sync-products.ts'
import { openShop, type Shop } from './shop.ts'

// Work after an answer needs a request of Next.js around it.
vi.mock('next/server', () => ({ after: vi.fn() }))

const ADMIN = 'a0000000-0000-4000-8000-000000000001'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
  await shop.owner`insert into credit_types (id, name) values ('images', 'Image credits') on conflict do nothing`
})
afterAll(() => shop.close())

let counter = 0
let id: string
beforeEach(async () => {
  id = `made-${++counter}`
  // Payments keep the packages of former tests.
  await shop.owner`update credit_packages set active = false where id like 'made-%'`
})

const made = (more: object = {}) => newPackage.parse({ id, name: 'Made', credits: 50, price: 500, ...more })
const monthly = (more: object = {}) => made({ kind: 'subscription', interval: 'month', ...more })
const change = (fields: object) => packageChange.parse({ version: 1, ...fields })
const create = (more: object = {}, actor = ADMIN) => createPackage(made(more), actor)
const update = (fields: object, actor = ADMIN) => updatePackage(id, change(fields), actor)
const sync = async () => (await syncProducts(id, ADMIN))[0]
const stored = async () => (await shop.owner`select * from credit_packages where id = ${id}`)[0]
const products = () =>
  shop.owner`select product_id, retired_at is not null as retired from package_products where package_id = ${id}
    order by retired_at nulls last`
/** What the audit log has of this package. */
const audited = () =>
  shop.owner`
    select action, outcome, actor_id, details from audit_logs where details ->> 'package_id' = ${id} order by id`

describe('an admin', () => {
  test('makes a package of another currency and credit type, and it is sold', async () => {
    expect(await create({ credits: 70, price: 1234, currency: 'EUR', creditType: 'images' })).toEqual({
      id,
      version: 1,
      replayed: false,
    })
    const buyer = await shop.createBuyer()
    await expect(shop.purchase(buyer, id)).rejects.toMatchObject({ code: 'package_not_configured' })
    expect(await sync()).toMatchObject({ status: 'synced', done: ['created'], error: null })
    const paid = await shop.ask<{ total_amount: number; currency: string }>(
      `/payments/${await shop.purchase(buyer, id)}`,
    )
    expect(paid).toMatchObject({ total_amount: 1234, currency: 'EUR' })
    await shop.settle()
    const [wallet] = await shop.owner`
      select balance::int from credits where user_id = ${buyer.id} and credit_type = 'images'`
    expect(wallet).toEqual({ balance: 70 })
    expect(await audited()).toMatchObject([
      { action: 'package.create', outcome: 'success', actor_id: ADMIN, details: { terms: { price: 1234 } } },
      { action: 'package.sync', outcome: 'success', actor_id: ADMIN, details: { done: ['created'] } },
    ])
  })

  test('who sends the same again makes it once; another one of that id is refused', async () => {
    const saves = await Promise.all(Array.from({ length: 8 }, () => create()))
    expect(saves.filter(({ replayed }) => !replayed)).toHaveLength(1)
    await expect(create({ price: 501 })).rejects.toMatchObject({ code: 'package_exists', status: 409 })
    expect(await stored()).toMatchObject({ price: '500', version: '1' })
  })

  test('of two who changed it at once one is heard, and the other is told', async () => {
    await create()
    const saves = await Promise.allSettled([600, 700, 800].map((price) => update({ price })))
    const refused = saves.flatMap((save) => (save.status === 'rejected' ? [save.reason] : []))
    expect(refused).toHaveLength(2)
    for (const error of refused) expect(error).toMatchObject({ code: 'package_changed', status: 409 })
    expect(await stored()).toMatchObject({ version: '2' })
    expect((await audited()).filter(({ outcome }) => outcome === 'success')).toHaveLength(2)
  })

  test('sees in the audit log what was changed from what to what, and nothing for a save of the same', async () => {
    await create()
    await update({ name: 'Better', popular: true, metadata: { badge: 'New' } })
    expect(await update({ name: 'Better' })).toEqual({ id, version: 2, replayed: true })
    const [, saved, ...more] = await audited()
    expect(saved?.details.changes).toEqual({
      name: ['Made', 'Better'],
      popular: [false, true],
      metadata: [{}, { badge: 'New' }],
    })
    expect(more).toEqual([])
  })

  test('orders packages among themselves, and the others stay where they were', async () => {
    const order = async () =>
      (await shop.owner`select id from credit_packages where active order by sort_order, id`).map(
        (row) => row.id,
      )
    const before = await order()
    expect(before.slice(0, 3)).toEqual(['starter', 'pro', 'enterprise'])
    await orderPackages(['enterprise', 'starter', 'pro'], ADMIN)
    expect(await order()).toEqual(['enterprise', 'starter', 'pro', ...before.slice(3)])
    await orderPackages(['starter', 'pro', 'enterprise'], ADMIN)
    expect(await order()).toEqual(before)
    for (const ids of [
      ['starter', 'starter'],
      ['starter', 'gone'],
    ]) {
      await expect(orderPackages(ids, ADMIN)).rejects.toMatchObject({ code: 'package_not_found' })
    }
  })

  test('retires a package: nobody can buy it any more, and it can come back', async () => {
    await create()
    await sync()
    const buyer = await shop.createBuyer()
    await update({ active: false })
    await expect(createCheckout({ user: buyer, packageId: id })).rejects.toMatchObject({
      code: 'package_not_found',
    })
    await expect(sync()).rejects.toMatchObject({ code: 'package_retired' })
    await update({ version: 2, active: true })
    await shop.purchase(buyer, id)
  })
})

describe('who is no admin', () => {
  test('changes nothing, and it is in the audit log', async () => {
    const { id: user } = await shop.createBuyer()
    await create()
    const refused = { code: 'forbidden', status: 403 }
    await expect(createPackage({ ...made(), id: `${id}-x` }, user)).rejects.toMatchObject(refused)
    await expect(update({ price: 1 }, user)).rejects.toMatchObject(refused)
    await expect(orderPackages([id], user)).rejects.toMatchObject(refused)
    await expect(syncProducts(id, user)).rejects.toMatchObject(refused)
    expect(await stored()).toMatchObject({ price: '500', version: '1' })
    expect((await audited()).filter(({ outcome }) => outcome === 'failure')).toMatchObject([
      { action: 'package.update', actor_id: user },
      { action: 'package.sync', actor_id: user },
    ])
  })
})

describe('a price is never changed under an open checkout', () => {
  test('what was opened is paid and granted as it was, what is opened next as it is', async () => {
    await create()
    await sync()
    const buyer = await shop.createBuyer()
    const { checkoutUrl } = await createCheckout({ user: buyer, packageId: id })
    await update({ price: 900, credits: 40 })
    await sync()
    const card = new URLSearchParams({ number: '4242424242424242', expiry: '06/32', cvc: '123' })
    await fetch(checkoutUrl, { method: 'POST', body: card, redirect: 'manual' })
    await shop.settle()
    await shop.purchase(buyer, id)
    await shop.settle()
    expect(await shop.ledger(buyer.id)).toEqual(['purchase 50', 'purchase 40'])
    expect(
      await shop.owner`
        select amount::int, charged_amount::int as charged from payments where user_id = ${buyer.id} order by created_at`,
    ).toMatchObject([
      { amount: 500, charged: 500 },
      { amount: 900, charged: 900 },
    ])
    expect((await products()).map(({ retired }) => retired)).toEqual([true, false])
  })

  test('between a new price and its product nothing is sold', async () => {
    await create()
    await sync()
    await update({ price: 900 })
    const buyer = await shop.createBuyer()
    await expect(createCheckout({ user: buyer, packageId: id })).rejects.toMatchObject({
      code: 'package_not_configured',
    })
  })

  test('a checkout that is being opened meanwhile is refused, and charges nothing', async () => {
    await create()
    await sync()
    const buyer = await shop.createBuyer()
    shop.interceptWith(async ({ method, url }) => {
      if (method === 'POST' && url.endsWith('/checkouts')) await update({ credits: 1 })
      return undefined
    })
    await expect(createCheckout({ user: buyer, packageId: id })).rejects.toMatchObject({
      code: 'package_changed',
      status: 409,
    })
    shop.interceptWith(() => undefined)
    expect(await shop.owner`select id from payments where user_id = ${buyer.id}`).toEqual([])
    await createCheckout({ user: buyer, packageId: id })
  })

  test('a plan that somebody has, or is about to buy, keeps its terms', async () => {
    await createPackage(monthly(), ADMIN)
    await sync()
    const buyer = await shop.createBuyer()
    await createCheckout({ user: buyer, packageId: id })
    const terms = [{ price: 1 }, { credits: 1 }, { currency: 'EUR' }, { interval: 'year' }, { tier: 'pro' }]
    for (const fields of [...terms, { creditType: 'images' }, { unusedCredits: 'expire' }]) {
      await expect(update(fields)).rejects.toMatchObject({ code: 'plan_in_use', status: 409 })
    }
    await update({ name: 'Renamed', trialDays: 7, popular: true, active: false })
    await shop.owner`update payments set status = 'failed' where user_id = ${buyer.id}`
    await update({ version: 2, price: 1 })
  })
})

describe('a sync', () => {
  test('that many ask for at once makes one product', async () => {
    await create()
    const outcomes = await Promise.all(Array.from({ length: 6 }, sync))
    expect(outcomes.filter((outcome) => outcome?.status === 'synced')).toHaveLength(1)
    expect(outcomes.filter((outcome) => outcome?.status === 'syncing')).toHaveLength(5)
    expect(await products()).toHaveLength(1)
  })

  test('starts again when the package changes under it', async () => {
    await create()
    let changes = 0
    shop.interceptWith(async ({ method, url }) => {
      if (method === 'POST' && url.endsWith('/products') && changes++ === 0) await update({ price: 900 })
      return undefined
    })
    expect(await sync()).toMatchObject({ status: 'synced' })
    shop.interceptWith(() => undefined)
    const [sold] = await products()
    expect(await shop.ask(`/products/${sold?.product_id}`)).toMatchObject({ price: { price: 900 } })
  })

  test('that broke off can be asked for again after a minute', async () => {
    await create()
    await shop.owner`insert into package_syncs (package_id, provider, status) values (${id}, 'dodopayments', 'syncing')`
    expect(await sync()).toMatchObject({ status: 'syncing' })
    await shop.owner`update package_syncs set started_at = now() - interval '2 minutes' where package_id = ${id}`
    expect(await sync()).toMatchObject({ status: 'synced' })
  })
})

test('a trial is for who never had a plan: membership first, credits with the first payment', async () => {
  await createPackage(monthly({ trialDays: 14, tier: 'pro' }), ADMIN)
  await sync()
  const buyer = await shop.createBuyer()
  const subscription = await shop.subscribe(buyer, id)
  await shop.settle()
  expect(await shop.ask(`/subscriptions/${subscription}`)).toMatchObject({ trial_period_days: 14 })
  expect(await shop.ledger(buyer.id)).toEqual([])
  await shop.ask(`/sandbox/subscriptions/${subscription}/cancel`, {})
  await shop.settle()
  const second = await shop.subscribe(buyer, id)
  await shop.settle()
  expect(await shop.ask(`/subscriptions/${second}`)).toMatchObject({ trial_period_days: 0 })
  expect(await shop.ledger(buyer.id)).toEqual(['subscription_grant 50'])
})

test('what makes no package is refused before the database is asked', () => {
  const wrong: [object, RegExp][] = [
    [{ id: 'Not a slug' }, /id of a package/],
    [{ id: `${'x'.repeat(41)}` }, /id of a package/],
    [{ name: ' ' }, /name/],
    [{ name: 'x'.repeat(81) }, /80/],
    [{ description: 'x'.repeat(301) }, /300/],
    [{ credits: 0 }, /credits/],
    [{ credits: 1.5 }, /whole/],
    [{ credits: 2 ** 53 }, /./],
    [{ price: 0 }, /above zero/],
    [{ price: -1 }, /above zero/],
    [{ price: '500' }, /./],
    [{ price: 9.99 }, /whole/],
    [{ currency: 'XYZW' }, /currency/],
    [{ currency: 'usd' }, /currency/],
    [{ interval: 'month' }, /interval/],
    [{ trialDays: 7 }, /trialDays/],
    [{ tier: 'pro' }, /tier/],
    [{ kind: 'subscription' }, /./],
    [{ kind: 'subscription', interval: 'week' }, /./],
    [{ kind: 'subscription', interval: 'month', trialDays: 366 }, /365/],
    [{ kind: 'subscription', interval: 'month', tier: 'king' }, /./],
    [{ metadata: { deep: { deeper: 1 } } }, /./],
    [{ metadata: { 'a key': 1 } }, /./],
    [{ metadata: { long: Array.from({ length: 50 }, () => 'x'.repeat(100)) } }, /4096/],
    [{ metadata: [] }, /./],
    [{ version: 5 }, /version/],
    [{ actorId: ADMIN }, /actorId/],
  ]
  for (const [fields, message] of wrong) expect(() => made(fields), JSON.stringify(fields)).toThrow(message)
  expect(() => packageChange.parse({ price: 5 })).toThrow(/version/)
  expect(() => packageChange.parse({ version: 1, id: 'other' })).toThrow(/id/)
  expect(() => packageChange.parse({ version: 1, kind: 'subscription' })).toThrow(/kind/)
})

test('what only the database knows to be wrong is refused by it, and changes nothing', async () => {
  await create()
  await expect(create({ creditType: 'gold' })).rejects.toMatchObject({ code: 'unknown_credit_type' })
  await expect(update({ creditType: 'gold' })).rejects.toMatchObject({ code: 'unknown_credit_type' })
  for (const fields of [
    { interval: 'month' },
    { tier: 'pro' },
    { trialDays: 7 },
    { unusedCredits: 'expire' },
  ]) {
    await expect(update(fields)).rejects.toMatchObject({ code: 'invalid_terms', status: 400 })
  }
  expect(await stored()).toMatchObject({ version: '1' })
})
