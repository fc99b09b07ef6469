import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { type Account, createAccount } from './support/accounts.ts'
import { callApi } from './support/call-api.ts'
import type { Database } from './support/database.ts'
import { readLedger } from './support/ledger.ts'
import { expectRefusal } from './support/refusal.ts'
import { sandbox } from './support/sandbox.ts'
import { takeSnapshot } from './support/snapshot.ts'
import { subscribe } from './support/subscribe.ts'

const SUBSCRIPTION = '/api/dodopayments/subscription'
const PORTAL = '/api/dodopayments/portal'
const YEARLY = { action: 'change_plan', packageId: 'pro-yearly' }
const EVIL = { origin: 'https://evil.example' }

const invoiceOf = (id: string) => `/api/dodopayments/invoices/${id}`

type OpenBrowser = (account: Account) => Promise<Page>

/** Somebody else, with a plan that is paid and a receipt that is sent, so that nothing more will happen by itself. */
async function makeVictim(openBrowser: OpenBrowser, sql: Database) {
  const account = await createAccount()
  const page = await openBrowser(account)
  const subscriptionId = await subscribe(page, sql, { userId: account.id, planId: 'pro-monthly' })
  const receipts = async () =>
    (await sql`select from mails where user_id = ${account.id} and kind = 'receipt' and status = 'sent'`)
      .length
  const waiting = async () =>
    (await sql`select from mails where user_id = ${account.id} and status = 'waiting'`).length
  await expect.poll(receipts, 'receipts that are sent').toBe(1)
  await expect.poll(waiting, 'mails that wait').toBe(0)
  for (const id of [subscriptionId, await sandbox.paymentOf(subscriptionId)]) await sandbox.answers(id)
  const [payment] = await sql`select id from payments where user_id = ${account.id}`
  return { account, page, subscriptionId, paymentId: String(payment?.id) }
}

test('an invoice is for whoever paid, and nobody else', async ({
  userPage: page,
  openBrowser,
  sql,
  page: nobody,
}) => {
  const victim = await makeVictim(openBrowser, sql)
  const path = invoiceOf(victim.paymentId)
  expectRefusal(await callApi(page, path), 404, 'invoice_not_found', 'somebody else')
  expectRefusal(await callApi(nobody, path), 401, 'unauthorized', 'nobody')
  expectRefusal(
    await callApi(page, invoiceOf('00000000-0000-4000-8000-000000000000')),
    404,
    'invoice_not_found',
    'none',
  )
  for (const id of ['1', 'pay_1', "' or true --", '..%2f..%2fpayments']) {
    const answer = await callApi(page, invoiceOf(encodeURIComponent(id)))
    expectRefusal(answer, 400, 'bad_request', id)
  }
  const own = await callApi(victim.page, path)
  expect(own).toMatchObject({ status: 200, headers: { 'content-type': 'application/pdf' } })
  expect(own.headers['cache-control']).toContain('no-store')
})

test('a checkout nobody paid has no invoice', async ({ userPage: page, user, sql }) => {
  expect((await callApi(page, '/api/dodopayments/checkout', { packageId: 'pro' })).status).toBe(200)
  const [payment] = await sql`select id from payments where user_id = ${user.id}`
  expectRefusal(await callApi(page, invoiceOf(String(payment?.id))), 404, 'invoice_not_found', 'pending')
})

test('the portal is that of the caller, whatever a request names', async ({
  userPage: page,
  openBrowser,
  sql,
  page: nobody,
}) => {
  const victim = await makeVictim(openBrowser, sql)
  const [customer] = await sql`
    select provider_customer_id as id from payment_customers where user_id = ${victim.account.id}`
  expectRefusal(await callApi(nobody, PORTAL, {}), 401, 'unauthorized', 'nobody')
  expectRefusal(await callApi(page, PORTAL, {}), 404, 'no_customer', 'never bought')
  expectRefusal(await callApi(victim.page, PORTAL, {}, EVIL), 403, 'forbidden', 'another site')
  for (const wish of [{ customerId: customer?.id }, { returnUrl: 'https://evil.example' }]) {
    expectRefusal(await callApi(page, PORTAL, wish), 400, 'bad_request', JSON.stringify(wish))
  }
  const { status, body } = await callApi(victim.page, PORTAL, {})
  expect(status).toBe(200)
  expect(await (await fetch(String(body.url))).text()).toContain(victim.account.email)
})

test('a plan is changed by whoever has it, and nobody else', async ({
  userPage: page,
  user,
  openBrowser,
  sql,
  page: nobody,
}) => {
  const victim = await makeVictim(openBrowser, sql)
  const names = [user.id, victim.account.id]
  const before = await takeSnapshot(sql, names)
  for (const action of [YEARLY, { action: 'cancel' }, { action: 'resume' }]) {
    const what = action.action
    expectRefusal(await callApi(nobody, SUBSCRIPTION, action), 401, 'unauthorized', what)
    expectRefusal(await callApi(page, SUBSCRIPTION, action), 404, 'no_subscription', what)
    expectRefusal(await callApi(victim.page, SUBSCRIPTION, action, EVIL), 403, 'forbidden', what)
    for (const wish of [
      { subscriptionId: victim.subscriptionId },
      { userId: victim.account.id },
      { price: 1 },
      { when: 'next_period' },
      { productId: 'pdt_pro_monthly' },
    ]) {
      const answer = await callApi(page, SUBSCRIPTION, { ...action, ...wish })
      expectRefusal(answer, 400, 'bad_request', JSON.stringify({ ...action, ...wish }))
    }
  }
  expect(await takeSnapshot(sql, names)).toEqual(before)
})

test('many requests for the same change charge once', async ({ userPage: page, user, sql }) => {
  const subscriptionId = await subscribe(page, sql, { userId: user.id, planId: 'pro-monthly' })
  const answers = await Promise.all(Array.from({ length: 8 }, () => callApi(page, SUBSCRIPTION, YEARLY)))
  expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(7).fill(409)])
  expectRefusal(await callApi(page, SUBSCRIPTION, YEARLY), 409, 'same_plan', 'once more')
  await expect.poll(async () => (await readLedger(sql, user.id)).balance).toBe(6_600)
  const charges = await sandbox.charges(subscriptionId)
  expect(charges.map(({ total_amount }) => total_amount).sort()).toEqual([2900, 29000])
  expect((await readLedger(sql, user.id)).rows).toEqual([
    'signup_bonus 100',
    'subscription_grant 500',
    'subscription_grant 6000',
  ])
})

test('what makes no sense is refused with a reason, and changes nothing', async ({
  userPage: page,
  user,
  sql,
}) => {
  await subscribe(page, sql, { userId: user.id, planId: 'pro-monthly' })
  const ask = (request: object) => callApi(page, SUBSCRIPTION, request)
  const change = (packageId: string) => ask({ action: 'change_plan', packageId })
  expectRefusal(await change('pro-monthly'), 409, 'same_plan', 'the same')
  expectRefusal(await change('pro'), 404, 'package_not_found', 'a package')
  expectRefusal(await change('nothing'), 404, 'package_not_found', 'nothing')
  expectRefusal(await ask({ action: 'resume' }), 409, 'nothing_to_resume', 'goes on')
  const again = await callApi(page, '/api/dodopayments/checkout', { packageId: 'pro-yearly' })
  expectRefusal(again, 409, 'already_subscribed', 'a second plan')

  expect(await ask({ action: 'cancel' })).toMatchObject({ status: 200, body: { state: 'ending' } })
  expectRefusal(await ask({ action: 'cancel' }), 409, 'already_cancelled', 'twice')
  expectRefusal(await change('pro-yearly'), 409, 'plan_ending', 'to end')
  expect(await ask({ action: 'resume' })).toMatchObject({ status: 200, body: { state: 'going_on' } })
  expect((await readLedger(sql, user.id)).balance).toBe(600)
})
