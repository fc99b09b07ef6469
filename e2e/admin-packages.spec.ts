import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { AdminAuditPage, AppHeader } from './pages/index.ts'
import { buyPackage } from './support/buy-package.ts'
import { callApi } from './support/call-api.ts'

let made: string[]
test.beforeEach(() => {
  made = []
})

/** A name that no other run of these tests has used. */
function newName(what: string): string {
  const name = `${what} ${randomUUID().slice(0, 8)}`
  made.push(name)
  return name
}

async function makePackage(page: Page, name: string, fill: (page: Page) => Promise<void>) {
  await page.goto('/admin/packages')
  await page.getByRole('button', { name: 'New package' }).click()
  await page.getByLabel('Name').fill(name)
  await fill(page)
  await page.getByRole('button', { name: 'Put up for sale' }).click()
  await expect(page.getByText(`${name} was saved`)).toBeVisible()
}
const row = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name })

test.afterEach(async ({ sql }) => {
  // Other tests count what is for sale.
  await sql`update credit_packages set active = false where name = any(${made})`
})

test('an admin makes a package of another currency, sees it as buyers will, and sells it', async ({
  adminPage,
  userPage,
  user,
  sql,
}) => {
  const name = newName('Euro pack')
  await makePackage(adminPage, name, async (page) => {
    await page.getByLabel('Description').fill('For visitors from afar.')
    await page.getByLabel('Credits', { exact: true }).fill('250')
    await page.getByLabel('Price').fill('12.5')
    await page.getByLabel('Currency').selectOption('EUR')
    await page.getByLabel('Marked as popular').check()
    const preview = page.getByRole('region', { name: 'Preview' })
    await expect(preview).toContainText('€12.50')
    await expect(preview).toContainText('250 credits')
    await expect(preview).toContainText('Popular')
  })
  await expect(row(adminPage, name)).toContainText('€12.50')
  await expect(
    row(adminPage, name)
      .getByText(/^Synced with/)
      .filter({ visible: true }),
  ).toBeVisible()

  await userPage.goto('/dashboard')
  const header = new AppHeader(userPage)
  await header.isLive()
  await buyPackage(userPage, sql, name)
  await expect(header.balance).toHaveText('350')
  const [payment] = await sql`
    select charged_amount::int as amount, charged_currency as currency from payments where user_id = ${user.id}`
  expect(payment).toEqual({ amount: 1250, currency: 'EUR' })

  const audit = new AdminAuditPage(adminPage)
  await audit.open('?action=package')
  const made = audit.entries('up for sale').filter({ hasText: name })
  await audit.showDetails(made)
  await expect(made).toContainText('1250')
})

test('an admin changes, moves and retires a package, and is told when somebody else was faster', async ({
  adminPage,
  userPage,
  sql,
}) => {
  const name = newName('Euro pack')
  await makePackage(adminPage, name, async (page) => {
    await page.getByLabel('Credits', { exact: true }).fill('10')
    await page.getByLabel('Price').fill('1.00')
  })
  await adminPage.getByRole('button', { name: `Edit ${name}` }).click()
  await sql`update credit_packages set description = 'Changed meanwhile.' where name = ${name}`
  await adminPage.getByLabel('Price').fill('2.00')
  await adminPage.getByRole('button', { name: 'Save' }).click()
  await expect(adminPage.getByRole('alert').filter({ hasText: 'Somebody else has changed' })).toBeVisible()

  // The list is read anew meanwhile; a sheet shows what the list had when it was opened.
  await expect(async () => {
    await adminPage.getByRole('button', { name: 'Close' }).click()
    await adminPage.getByRole('button', { name: `Edit ${name}` }).click()
    await expect(adminPage.getByLabel('Description')).toHaveValue('Changed meanwhile.', { timeout: 1000 })
  }).toPass()
  await adminPage.getByLabel('Price').fill('two')
  await adminPage.getByRole('button', { name: 'Save' }).click()
  await expect(adminPage.getByRole('alert').filter({ hasText: 'as in 9.99' })).toBeVisible()
  await adminPage.getByLabel('Price').fill('2.00')
  await adminPage.getByRole('button', { name: 'Save' }).click()
  await expect(row(adminPage, name)).toContainText('$2.00')
  await expect(
    row(adminPage, name)
      .getByText(/^Synced with/)
      .filter({ visible: true }),
  ).toBeVisible()

  const names = () =>
    adminPage
      .getByRole('table', { name: /: packages$/ })
      .first()
      .getByRole('row')
      .allTextContents()
  const placeOf = async () => (await names()).findIndex((text) => text.includes(name))
  const before = await placeOf()
  await adminPage.getByRole('button', { name: `Move ${name} up` }).click()
  await expect.poll(placeOf).toBe(before - 1)

  await userPage.goto('/buy-credits')
  await expect(userPage.getByText(name, { exact: true })).toBeVisible()
  await adminPage.getByRole('button', { name: `Edit ${name}` }).click()
  await adminPage.getByLabel('For sale').uncheck()
  await adminPage.getByRole('button', { name: 'Save' }).click()
  await expect(row(adminPage, name)).toContainText('Retired')
  await userPage.reload()
  await expect(userPage.getByText('Starter', { exact: true })).toBeVisible()
  await expect(userPage.getByText(name, { exact: true })).toHaveCount(0)
})

test('a plan with a trial says so to buyers, and other front ends read what is for sale', async ({
  adminPage,
  userPage,
  request,
}) => {
  const name = newName('Trial plan')
  await makePackage(adminPage, name, async (page) => {
    await page.getByLabel('Kind').selectOption('subscription')
    await page.getByLabel('Credits', { exact: true }).fill('40')
    await page.getByLabel('Price').fill('4.00')
    await page.getByLabel('Trial (days)').fill('14')
    await page.getByLabel('Membership').selectOption('pro')
    await expect(page.getByRole('region', { name: 'Preview' })).toContainText('First 14 days free')
  })
  await userPage.goto('/buy-credits')
  await userPage.getByRole('radio', { name: 'Plans' }).click()
  await expect(userPage.getByRole('listitem').filter({ hasText: name }).first()).toContainText(
    'First 14 days free',
  )

  const response = await request.get('/api/packages')
  expect(response.headers()['access-control-allow-origin']).toBe('*')
  const { creditTypes } = await response.json()
  expect(creditTypes[0].plans).toContainEqual(
    expect.objectContaining({
      name,
      price: 400,
      currency: 'USD',
      interval: 'month',
      trialDays: 14,
      tier: 'pro',
    }),
  )
  expect(JSON.stringify(creditTypes)).not.toMatch(/product|version/)
})

test('nobody but an admin changes what is for sale', async ({ userPage, sql }) => {
  const wanted = { id: 'gift', name: 'Gift', credits: 1_000_000, price: 1 }
  for (const [method, path, body] of [
    ['POST', '/api/admin/packages', wanted],
    ['PATCH', '/api/admin/packages', { order: ['pro'] }],
    ['PATCH', '/api/admin/packages/pro', { version: 1, price: 1 }],
    ['POST', '/api/admin/packages/pro/sync', {}],
  ] as const) {
    const response = await userPage.request.fetch(path, { method, data: body })
    expect(response.status(), `${method} ${path}`).toBe(403)
  }
  expect((await callApi(userPage, '/api/admin/packages', wanted)).body).toMatchObject({ error: 'forbidden' })
  expect((await userPage.goto('/admin/packages'))?.status()).toBe(404)
  expect([...(await sql`select id from credit_packages where id = 'gift'`)]).toEqual([])
})
