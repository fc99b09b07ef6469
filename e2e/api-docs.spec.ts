import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { ApiReferencePage } from './pages/index.ts'
import { expectAccessible } from './support/expect-accessible.ts'

/** Makes a key in the settings, as somebody does who wants to try a call. */
async function createKey(page: Page): Promise<string> {
  await page.goto('/settings')
  await page.getByRole('button', { name: 'Create API key' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('To try')
  await dialog.getByRole('button', { name: 'Create key' }).click()
  const secret = await dialog.getByTestId('secret').textContent()
  await dialog.getByRole('button', { name: 'I have copied it' }).click()
  return secret ?? ''
}

/** Whom the page talks to, the scripts and styles it loads included. */
function watchHosts(page: Page): Set<string> {
  const hosts = new Set<string>()
  page.on('request', (request) => hosts.add(new URL(request.url()).host))
  return hosts
}

test('somebody reads the balance with a key of their own, which nothing keeps', async ({
  userPage: page,
  sql,
  user,
}) => {
  const secret = await createKey(page)
  await page.getByRole('link', { name: 'the API reference' }).click()
  await page.waitForURL('/docs/api')
  // So that requests of the previous page are not counted.
  await page.goto('about:blank')
  const hosts = watchHosts(page)
  const reference = new ApiReferencePage(page)
  await reference.open()
  const balance = reference.call('Read the balance')
  await balance.openForm()
  await balance.send()
  await expect(balance.key, 'a key is asked for before anything is sent').toBeFocused()
  await balance.key.fill(secret)
  await balance.send()
  await expect(balance.status).toHaveText('Status 200')
  const [wallet] = await sql`select balance::int from credits where user_id = ${user.id}`
  expect(JSON.parse((await balance.response.textContent()) ?? '')).toMatchObject({ balance: wallet?.balance })

  const transactions = reference.call('List the transactions')
  await transactions.openForm()
  await expect(transactions.key, 'the key is there for every call').toHaveValue(secret)
  await transactions.section.getByLabel('limit').fill('no number')
  await transactions.send()
  await expect(transactions.status).toHaveText('Status 400')
  await expect(transactions.response).toContainText('"path": "limit"')

  expect([...hosts]).toEqual([new URL(page.url()).host])
  const kept = await page.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
  )
  expect(kept).not.toContain(secret)
  await page.reload()
  await balance.openForm()
  await expect(balance.key).toHaveValue('')
})

test('a wrong key is refused in words, and one that no request can carry is not sent', async ({ page }) => {
  const reference = new ApiReferencePage(page)
  await reference.open()
  const balance = reference.call('Read the balance')
  await balance.openForm()
  await balance.key.fill('lb_wrong')
  await balance.send()
  await expect(balance.status).toHaveText('Status 401')
  await expect(balance.response).toContainText('"error": "invalid_api_key"')
  await balance.key.fill('lb_…')
  await balance.send()
  await expect(balance.section.getByRole('alert')).toContainText('no request can carry')
})

// #region text-generation
test('a tool that is run here is charged like anywhere else', async ({ userPage: page, sql, user }) => {
  const secret = await createKey(page)
  const reference = new ApiReferencePage(page)
  await reference.open()
  const run = reference.call('Summarize a text')
  await run.openForm()
  await run.key.fill(secret)
  await run.body.fill(JSON.stringify({ text: 'One sentence stands here. Another one follows it.' }))
  await run.send()
  await expect(run.status).toHaveText('Status 200')
  await expect(run.response).toContainText('"creditsUsed": 1')
  const rows =
    await sql`select amount::int from credit_transactions where user_id = ${user.id} and type = 'deduction'`
  expect(rows.map(({ amount }) => amount)).toEqual([-1])
})
// #endregion

test('the reference can be used by everyone, with all of it open', async ({ page }) => {
  const reference = new ApiReferencePage(page)
  await reference.open()
  const balance = reference.call('Read the balance')
  await balance.openForm()
  await balance.key.fill('lb_wrong')
  await balance.send()
  await expect(balance.status).toHaveText('Status 401')
  await page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true
  })
  await expectAccessible(page, 'all open')
})
