import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from './fixtures.ts'

test('somebody makes a key, which is shown once, gives it a budget, rotates and revokes it', async ({
  userPage: page,
  user,
  sql,
}) => {
  await page.goto('/settings')
  await page.getByRole('button', { name: 'Create API key' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('Nightly job')
  await dialog.getByLabel('A day').fill('nothing')
  await dialog.getByRole('button', { name: 'Create key' }).click()
  await expect(dialog.getByRole('alert')).toContainText('whole number of credits')
  await dialog.getByLabel('A day').fill('50')
  await dialog.getByRole('button', { name: 'Create key' }).click()
  const secret = dialog.getByTestId('secret')
  await expect(secret).toHaveText(/^lb_[0-9A-Za-z]{38}$/)
  const first = (await secret.textContent()) ?? ''
  const command = (await dialog.getByTestId('curl').textContent()) ?? ''
  expect(await left(command)).toBe(119)
  // As after some sixty calls more.
  await sql`
    update private.rate_limits set next_free_at = clock_timestamp() + interval '50 seconds'
    where subject = (select 'key:' || id from api_keys where owner_id = ${user.id})`
  expect(await left(command)).toBeLessThan(80)
  await dialog.getByRole('button', { name: 'I have copied it' }).click()

  const key = page.locator('[data-key]')
  await expect(key).toContainText('Nightly job')
  await expect(key).toContainText('50 of 50 credits left today')
  await expect(key).toContainText('Last used')
  expect(await page.content(), 'the secret is nowhere').not.toContain(first)
  const [row] = await sql`select prefix from api_keys where owner_id = ${user.id}`
  expect(first.startsWith(String(row?.prefix))).toBe(true)

  await key.getByRole('button', { name: 'Budget of Nightly job' }).click()
  await dialog.getByLabel('In total').fill('500')
  await dialog.getByRole('button', { name: 'Save budget' }).click()
  await expect(key).toContainText('500 of 500 credits left in total')

  await key.getByRole('button', { name: 'Rotate Nightly job' }).click()
  await dialog.getByLabel('The old secret works').selectOption('For another hour')
  await dialog.getByRole('button', { name: 'Rotate key' }).click()
  await expect(secret).toHaveText(/^lb_/)
  expect(await secret.textContent()).not.toBe(first)
  await dialog.getByRole('button', { name: 'I have copied it' }).click()

  await key.getByRole('button', { name: 'Revoke Nightly job' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke key' }).click()
  await expect(key).toHaveCount(0)
  expect((await run(command)).split('\r\n')[0]).toContain('401')
})

test('a new password offers to revoke the keys, and then they stop', async ({
  userPage: page,
  sql,
  user,
}) => {
  await page.goto('/settings')
  await page.getByRole('button', { name: 'Create API key' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('Nightly job')
  await dialog.getByRole('button', { name: 'Create key' }).click()
  const command = (await dialog.getByTestId('curl').textContent()) ?? ''
  expect(await left(command)).toBe(119)

  await page.goto('/reset-password')
  await page.getByLabel('New password').fill('another-password-1')
  await page.getByLabel('Revoke my API keys too (1)').check()
  await page.getByRole('button', { name: 'Save password' }).click()
  await page.waitForURL('**/dashboard')
  expect((await run(command)).split('\r\n')[0]).toContain('401')
  const [kept] =
    await sql`select count(*)::int from api_keys where owner_id = ${user.id} and revoked_at is null`
  expect(kept?.count).toBe(0)
  await page.goto('/reset-password')
  await expect(page.getByLabel('New password')).toBeVisible()
  await expect(page.getByText('Revoke my API keys')).toHaveCount(0)
})

/** What a command of the page answers, run as it stands. */
async function run(command: string): Promise<string> {
  const { stdout } = await promisify(execFile)('sh', ['-c', `${command} --silent`])
  return stdout
}

/** How many calls the answer of a command says are left. */
async function left(command: string): Promise<number> {
  const [, remaining] = /^ratelimit: "api";r=(\d+)/im.exec(await run(command)) ?? []
  return Number(remaining)
}

test('a cookie opens nothing of /api/v1, and no other site may read it', async ({ userPage: page }) => {
  for (const path of ['balance', 'transactions', 'tools', 'runs/1']) {
    const response = await page.request.get(`/api/v1/${path}`, {
      headers: { origin: 'https://evil.example' },
    })
    expect(response.status()).toBe(401)
    expect(response.headers()['content-type']).toBe('application/problem+json')
    expect(response.headers()).not.toHaveProperty('access-control-allow-origin')
  }
})
