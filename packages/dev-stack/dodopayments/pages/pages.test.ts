import { afterEach, beforeEach, expect, test } from 'vitest'
import { CARDS, type Fixture, startFixture } from '../testing.ts'

let sandbox: Fixture
beforeEach(async () => {
  sandbox = await startFixture()
})
afterEach(() => sandbox.close())

const pageOf = async (url: string) => (await fetch(url)).text()
const monthly = { product_cart: [{ product_id: 'pdt_monthly', quantity: 1 }] }

/** Sends a form as a browser does. */
const submit = (pathname: string, fields: Record<string, string> = {}) =>
  fetch(new URL(pathname, sandbox.url), { method: 'POST', body: new URLSearchParams(fields) })

async function openPortal(email = 'buyer@example.com'): Promise<string> {
  const { items } = await sandbox.client.customers.list({ email })
  const { link } = await sandbox.client.customers.customerPortal.create(items[0]?.customer_id ?? '', {
    return_url: 'http://localhost:3000/settings',
  })
  return link
}

test('the checkout says what a subscription costs, and how often', async () => {
  const plain = await pageOf((await sandbox.createCheckout(monthly)).url)
  for (const text of ['$19.00 per month', 'Pay $19.00', 'until you cancel', '4000 0000 0000 0341']) {
    expect(plain).toContain(text)
  }
  const trial = { ...monthly, subscription_data: { trial_period_days: 14 } }
  const free = await pageOf((await sandbox.createCheckout(trial)).url)
  for (const text of ['14 days free', 'Start free trial', '−$19.00']) expect(free).toContain(text)
})

test('the overview shows subscriptions, and its buttons work them', async () => {
  const id = await sandbox.subscribe()
  const page = await pageOf(sandbox.url)
  for (const text of ['$19.00 per month', 'Renew now', 'Cancel at period end', id])
    expect(page).toContain(text)
  await submit(`/sandbox/subscriptions/${id}/next-renewal`, { outcome: 'on_hold' })
  expect(await (await submit(`/sandbox/subscriptions/${id}/renew`)).text()).toContain('on hold')
  await submit(`/sandbox/subscriptions/${id}/next-renewal`, { outcome: '' })
  await submit(`/sandbox/subscriptions/${id}/renew`)
  expect(await sandbox.events()).toEqual([
    'payment.failed',
    'subscription.on_hold',
    'subscription.active',
    'payment.succeeded',
    'subscription.renewed',
  ])
})

test('the overview refunds and disputes a payment, and decides the dispute', async () => {
  await sandbox.pay((await sandbox.createCheckout()).url, CARDS.success)
  const [payment] = (await sandbox.client.payments.list()).items
  const at = `/sandbox/payments/${payment?.payment_id}`
  expect(await (await submit(`${at}/refund`, { amount: '1000' })).text()).toContain('$10.00 refund')
  expect(await (await submit(`${at}/refund`, { amount: '9999' })).text()).toContain(
    '2999 of pdt_pro can be refunded',
  )
  expect(await (await submit(`${at}/dispute`)).text()).toContain('$39.99 dispute')
  const [dispute] = (await sandbox.client.disputes.list()).items
  await submit(`/sandbox/disputes/${dispute?.dispute_id}`, { outcome: 'lost' })
  expect(await sandbox.client.disputes.retrieve(dispute?.dispute_id ?? '')).toMatchObject({
    dispute_status: 'dispute_lost',
  })
})

test('the overview sets faults, and offers to release what was held back', async () => {
  const page = await (await submit('/sandbox/faults', { hold: '2', fail: '0' })).text()
  expect(page).toContain('name="hold" value="2"')
  await sandbox.subscribe()
  expect(await pageOf(sandbox.url)).toContain('2 events are held back')
  await submit('/sandbox/release', { reverse: 'true' })
  expect(await sandbox.events()).toEqual(['payment.succeeded', 'subscription.active'])
})

test('a customer cancels and resumes in the portal, and goes back to the merchant', async () => {
  const id = await sandbox.subscribe()
  const link = await openPortal()
  const page = await pageOf(link)
  for (const text of [
    'href="http://localhost:3000/settings"',
    'Plus',
    '$19.00 per month',
    'Renews on',
    'Invoice',
  ]) {
    expect(page).toContain(text)
  }
  expect(await (await submit(`${link}/subscriptions/${id}`, { action: 'cancel' })).text()).toContain(
    'Ends on',
  )
  expect(await (await submit(`${link}/subscriptions/${id}`, { action: 'resume' })).text()).toContain(
    'Renews on',
  )
  expect(await sandbox.events()).toEqual(['subscription.cancelled', 'subscription.updated'])
})

test('a portal shows one customer only, and a wrong link nobody', async () => {
  const id = await sandbox.subscribe()
  const other = await sandbox.client.customers.create({ email: 'other@example.com', name: 'Other' })
  const link = await openPortal(other.email)
  expect(await pageOf(link)).not.toContain(id)
  expect((await submit(`${link}/subscriptions/${id}`, { action: 'cancel' })).status).toBe(404)
  expect((await fetch(`${sandbox.url}/portal/none`)).status).toBe(404)
})

test('a customer gives a new card in the portal', async () => {
  const id = await sandbox.subscribe(CARDS.failsOnRenewal)
  await sandbox.control('POST', `/sandbox/subscriptions/${id}/renew`)
  const link = await openPortal()
  const form = await submit(`${link}/subscriptions/${id}`, { action: 'card' })
  const page = await form.text()
  for (const text of ['Change the card', '$19.00', `href="${link}"`]) expect(page).toContain(text)
  const paid = await sandbox.pay(form.url, CARDS.success)
  expect(paid.headers.get('location')).toContain(link)
  expect((await sandbox.client.subscriptions.retrieve(id)).status).toBe('active')
})

test('an invoice is a PDF, through the API and at its address', async () => {
  await sandbox.pay((await sandbox.createCheckout()).url, CARDS.success)
  const [payment] = (await sandbox.client.payments.list()).items
  const response = await sandbox.client.invoices.payments.retrieve(payment?.payment_id ?? '')
  expect(response.headers.get('content-type')).toBe('application/pdf')
  const file = Buffer.from(await response.arrayBuffer()).toString('latin1')
  expect(file).toMatch(/^%PDF-1\.4\n/)
  for (const text of [payment?.payment_id ?? '', 'USD\u00a039.99', 'buyer@example.com', '%%EOF'])
    expect(file).toContain(text)
  const atItsAddress = await (await fetch(payment?.invoice_url ?? '')).arrayBuffer()
  expect(Buffer.from(atItsAddress).toString('latin1')).toBe(file)
  await sandbox.pay((await sandbox.createCheckout()).url, CARDS.declined)
  const [failed] = (await sandbox.client.payments.list()).items
  await expect(sandbox.client.invoices.payments.retrieve(failed?.payment_id ?? '')).rejects.toThrow(
    /no invoice/,
  )
})
