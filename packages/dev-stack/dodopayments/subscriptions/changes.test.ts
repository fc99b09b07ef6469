import DodoPayments from 'dodopayments'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { CARDS, type Fixture, startFixture } from '../testing.ts'
import { amountDue } from './proration.ts'

let sandbox: Fixture
beforeEach(async () => {
  sandbox = await startFixture()
})
afterEach(() => sandbox.close())

const retrieve = (id: string) => sandbox.client.subscriptions.retrieve(id)
const update = (id: string, body: DodoPayments.SubscriptionUpdateParams) =>
  sandbox.client.subscriptions.update(id, body)
const control = (id: string, name: string, body: object = {}) =>
  sandbox.control('POST', `/sandbox/subscriptions/${id}/${name}`, body)
const paid = async (id: string) =>
  (await sandbox.client.payments.list({ subscription_id: id })).items.map(({ total_amount }) => total_amount)

test('a cancellation at the period end keeps it active until then, and can be taken back', async () => {
  const id = await sandbox.subscribe()
  const feedback = { cancellation_feedback: 'unused', cancellation_comment: 'Bye' } as const
  const answer = await update(id, { cancel_at_next_billing_date: true, ...feedback })
  expect(answer).toMatchObject({ status: 'active', cancel_at_next_billing_date: true, ...feedback })
  await sandbox.idle()
  expect(sandbox.received).toMatchObject([
    { type: 'subscription.cancelled', data: { status: 'active', cancel_at_next_billing_date: true } },
  ])
  expect(await sandbox.events()).toHaveLength(1)
  await update(id, { cancel_at_next_billing_date: false })
  expect(await sandbox.events()).toEqual(['subscription.updated'])
  await update(id, { cancel_at_next_billing_date: true, next_billing_date: new Date().toISOString() })
  await expect.poll(async () => (await retrieve(id)).status).toBe('expired')
  expect(await sandbox.events()).toEqual(['subscription.cancelled', 'subscription.expired'])
  expect(await paid(id)).toEqual([1900])
})

test('a subscription that was to end does not renew, it ends', async () => {
  const id = await sandbox.subscribe()
  await control(id, 'cancel-at-period-end')
  await control(id, 'renew')
  expect(await sandbox.events()).toEqual(['subscription.cancelled', 'subscription.expired'])
})

test('a subscription cancelled now is over, and says no to any change', async () => {
  const id = await sandbox.subscribe()
  expect(await update(id, { status: 'cancelled' })).toMatchObject({
    status: 'cancelled',
    cancelled_at: expect.any(String),
  })
  expect(await sandbox.events()).toEqual(['subscription.cancelled'])
  await expect(update(id, { cancel_at_next_billing_date: false })).rejects.toThrow(DodoPayments.ConflictError)
  await expect(
    sandbox.client.subscriptions.changePlan(id, {
      product_id: 'pdt_yearly',
      quantity: 1,
      proration_billing_mode: 'do_not_bill',
    }),
  ).rejects.toThrow(DodoPayments.ConflictError)
  expect(await control(id, 'renew')).toMatchObject({ code: 'SUBSCRIPTION_NOT_RENEWABLE' })
})

test('a pause stops the clock, and does not eat into the period', async () => {
  const id = await sandbox.subscribe()
  const before = await retrieve(id)
  expect(await update(id, { status: 'paused' })).toMatchObject({
    status: 'paused',
    paused_at: expect.any(String),
  })
  await update(id, { status: 'active' })
  expect(await sandbox.events()).toEqual(['subscription.paused', 'subscription.unpaused'])
  const after = await retrieve(id)
  expect(after).toMatchObject({ status: 'active', paused_at: null })
  expect(Date.parse(after.next_billing_date)).toBeGreaterThanOrEqual(Date.parse(before.next_billing_date))
  // As the SDK says: the field is gone, and a status goes alone.
  await expect(update(id, { pause: true })).rejects.toThrow(DodoPayments.UnprocessableEntityError)
  await expect(update(id, { status: 'paused', metadata: { a: 'b' } })).rejects.toThrow(/alone/)
})

test('other fields change with an event that says so', async () => {
  const id = await sandbox.subscribe()
  await update(id, { metadata: { user_id: 'u2' }, tax_id: 'DE1' })
  expect(await retrieve(id)).toMatchObject({ metadata: { user_id: 'u2' }, tax_id: 'DE1' })
  expect(await sandbox.events()).toEqual(['subscription.updated'])
  await control(id, 'expire')
  expect(await sandbox.events()).toEqual(['subscription.expired'])
})

type Mode = DodoPayments.SubscriptionChangePlanParams['proration_billing_mode']
const change = (id: string, product_id: string, mode: Mode, rest: object = {}) =>
  sandbox.client.subscriptions.changePlan(id, {
    product_id,
    quantity: 1,
    proration_billing_mode: mode,
    ...rest,
  })

test.each<[Mode, number | null]>([
  ['prorated_immediately', 3000],
  ['difference_immediately', 3000],
  ['do_not_bill', null],
])('a change of plan with %s keeps the period', async (mode, charged) => {
  const id = await sandbox.subscribe()
  const before = await retrieve(id)
  const { payment_id } = await change(id, 'pdt_monthly_more', mode)
  const payments = await paid(id)
  expect(payments).toEqual(charged === null ? [1900] : [charged, 1900])
  expect(payment_id === null).toBe(charged === null)
  expect(await retrieve(id)).toMatchObject({
    product_id: 'pdt_monthly_more',
    recurring_pre_tax_amount: 4900,
    next_billing_date: before.next_billing_date,
  })
  const events = await sandbox.events()
  expect(events).toEqual(['subscription.plan_changed', ...(charged === null ? [] : ['payment.succeeded'])])
})

test.each<[Mode, object, number]>([
  ['full_immediately', {}, 19_000],
  ['difference_immediately', {}, 17_100],
  ['do_not_bill', {}, 0],
  ['do_not_bill', { effective_at: 'next_billing_date' }, 0],
])(
  'a preview of %s %o tells what the change then charges, and changes nothing',
  async (mode, rest, total) => {
    const id = await sandbox.subscribe()
    const before = await retrieve(id)
    const wanted = { product_id: 'pdt_yearly', quantity: 1, proration_billing_mode: mode, ...rest }
    const preview = await sandbox.client.subscriptions.previewChangePlan(id, wanted)
    expect(preview.immediate_charge.summary).toMatchObject({ total_amount: total, currency: 'USD', tax: 0 })
    expect(preview.new_plan).toMatchObject({ product_id: 'pdt_yearly', recurring_pre_tax_amount: 19_000 })
    expect(await retrieve(id)).toEqual(before)
    expect(await sandbox.events()).toEqual([])
    await sandbox.client.subscriptions.changePlan(id, wanted)
    expect(await paid(id)).toEqual(total === 0 ? [1900] : [total, 1900])
  },
)

test('a preview of a change that cannot be is refused as the change is', async () => {
  const id = await sandbox.subscribe()
  const preview = (product_id: string) =>
    sandbox.client.subscriptions.previewChangePlan(id, {
      product_id,
      quantity: 1,
      proration_billing_mode: 'full_immediately',
    })
  await expect(preview('pdt_none')).rejects.toThrow(DodoPayments.NotFoundError)
  await expect(preview('pdt_pro')).rejects.toThrow(/not a subscription/)
  await update(id, { status: 'cancelled' })
  await expect(preview('pdt_yearly')).rejects.toThrow(DodoPayments.ConflictError)
})

test('half a period costs half the difference, a cheaper plan or one in a trial nothing', async () => {
  const subscription = await retrieve(await sandbox.subscribe())
  const { previous_billing_date: start, next_billing_date: end } = subscription
  const halfway = new Date((Date.parse(start) + Date.parse(end)) / 2)
  expect(amountDue(subscription, 4900, 'prorated_immediately', halfway)).toBe(1500)
  expect(amountDue(subscription, 4900, 'difference_immediately', halfway)).toBe(3000)
  expect(amountDue(subscription, 900, 'prorated_immediately', halfway)).toBe(0)
  const trial = await sandbox.subscribe(CARDS.success, { subscription_data: { trial_period_days: 14 } })
  await change(trial, 'pdt_monthly_more', 'prorated_immediately')
  expect(await paid(trial)).toEqual([0])
})

test('a change of plan with full_immediately starts a new period', async () => {
  const id = await sandbox.subscribe()
  const before = await retrieve(id)
  const { payment_id } = await change(id, 'pdt_yearly', 'full_immediately', { metadata: { why: 'upgrade' } })
  const after = await retrieve(id)
  expect(after).toMatchObject({ product_id: 'pdt_yearly', payment_frequency_interval: 'Year' })
  expect(Date.parse(after.previous_billing_date)).toBeGreaterThan(Date.parse(before.previous_billing_date))
  expect(new Date(after.next_billing_date).getUTCFullYear()).toBe(
    new Date(after.previous_billing_date).getUTCFullYear() + 1,
  )
  expect(await sandbox.client.payments.retrieve(payment_id ?? '')).toMatchObject({
    total_amount: 19_000,
    subscription_id: id,
    metadata: { why: 'upgrade' },
    product_cart: [{ product_id: 'pdt_yearly', quantity: 1 }],
  })
  expect(await sandbox.events()).toEqual([
    'subscription.plan_changed',
    'payment.succeeded',
    'subscription.renewed',
  ])
})

test('a change of plan can wait for the next billing date, and be dropped', async () => {
  const id = await sandbox.subscribe()
  const later = { effective_at: 'next_billing_date' }
  await change(id, 'pdt_yearly', 'do_not_bill', later)
  expect(await retrieve(id)).toMatchObject({
    product_id: 'pdt_monthly',
    scheduled_change: { product_id: 'pdt_yearly', quantity: 1 },
  })
  await expect(change(id, 'pdt_yearly', 'do_not_bill', later)).rejects.toThrow(DodoPayments.ConflictError)
  await sandbox.client.subscriptions.cancelChangePlan(id)
  expect((await retrieve(id)).scheduled_change).toBeNull()
  await change(id, 'pdt_monthly_more', 'do_not_bill', later)
  expect(await sandbox.events()).toEqual(Array(3).fill('subscription.updated'))
  await control(id, 'renew')
  expect(await paid(id)).toEqual([4900, 1900])
  expect(await sandbox.events()).toEqual([
    'subscription.plan_changed',
    'payment.succeeded',
    'subscription.renewed',
  ])
})

test('a scheduled plan that was taken away leaves the subscription as it is', async () => {
  const id = await sandbox.subscribe()
  await change(id, 'pdt_yearly', 'do_not_bill', { effective_at: 'next_billing_date' })
  const price = { type: 'one_time_price', currency: 'USD', price: 100 } as const
  await sandbox.client.products.update('pdt_yearly', { price })
  await update(id, { next_billing_date: new Date().toISOString() })
  await expect.poll(() => paid(id)).toEqual([1900, 1900])
  expect(await retrieve(id)).toMatchObject({ product_id: 'pdt_monthly', scheduled_change: null })
})

test('a change of plan that the card does not pay holds the subscription, or does not happen', async () => {
  const id = await sandbox.subscribe(CARDS.failsOnRenewal)
  await change(id, 'pdt_monthly_more', 'full_immediately', { on_payment_failure: 'prevent_change' })
  expect(await retrieve(id)).toMatchObject({ product_id: 'pdt_monthly', status: 'active' })
  expect(await sandbox.events()).toEqual(['payment.failed'])
  await change(id, 'pdt_monthly_more', 'full_immediately')
  expect(await retrieve(id)).toMatchObject({ product_id: 'pdt_monthly_more', status: 'on_hold' })
  expect(await sandbox.events()).toEqual([
    'subscription.plan_changed',
    'payment.failed',
    'subscription.on_hold',
  ])
})

test('a plan has to be a subscription', async () => {
  const id = await sandbox.subscribe()
  await expect(change(id, 'pdt_pro', 'do_not_bill')).rejects.toThrow(/not a subscription/)
  await expect(change(id, 'pdt_none', 'do_not_bill')).rejects.toThrow(DodoPayments.NotFoundError)
})

const cardPage = async (id: string) =>
  (
    await sandbox.client.subscriptions.updatePaymentMethod(id, {
      payment_method: { type: 'new', return_url: 'http://localhost:3000/settings' },
    })
  ).payment_link ?? ''

test('a new card pays for no period, unless one is owed', async () => {
  const id = await sandbox.subscribe(CARDS.failsOnRenewal)
  const response = await sandbox.pay(await cardPage(id), CARDS.failsOnRenewal)
  expect(response.headers.get('location')).toContain('http://localhost:3000/settings')
  expect(await sandbox.events()).toEqual(['subscription.update_payment_method', 'payment.succeeded'])
  const [first] = (await sandbox.client.payments.list({ subscription_id: id })).items
  expect(await sandbox.client.payments.retrieve(first?.payment_id ?? '')).toMatchObject({
    total_amount: 0,
    is_update_payment_method: true,
  })
  await control(id, 'renew')
  await sandbox.events()
  const link = await cardPage(id)
  await sandbox.pay(link, CARDS.declined)
  expect((await retrieve(id)).status).toBe('on_hold')
  await sandbox.pay(link, CARDS.success)
  expect(await sandbox.events()).toEqual([
    'payment.failed',
    'subscription.update_payment_method',
    'subscription.active',
    'payment.succeeded',
    'subscription.renewed',
  ])
  await control(id, 'renew')
  expect((await retrieve(id)).status).toBe('active')
})
