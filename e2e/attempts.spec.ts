import { expect, test } from './fixtures.ts'
import { LoginPage } from './pages/index.ts'
import { callApi } from './support/call-api.ts'

const from = (address: string) => ({ 'x-forwarded-for': address })

test('who asks for the customer portal again and again is slowed down, and nobody else', async ({
  userPage,
  adminPage,
}) => {
  const open = () => callApi(userPage, '/api/dodopayments/portal', {}, from('198.51.100.1'))
  const answers = await Promise.all(Array.from({ length: 30 }, open))
  const refused = answers.filter(({ status }) => status === 429)
  expect(refused).toHaveLength(10)
  expect(refused[0]?.body).toMatchObject({ error: 'rate_limited', retryAfterSeconds: expect.any(Number) })
  expect(refused[0]?.headers['retry-after']).toBe(String(refused[0]?.body.retryAfterSeconds))

  // Another address is no way around it; the address is free for another user.
  const elsewhere = await callApi(userPage, '/api/dodopayments/portal', {}, from('198.51.100.2'))
  expect(elsewhere.status).toBe(429)
  const other = await callApi(adminPage, '/api/dodopayments/portal', {}, from('198.51.100.1'))
  expect(other.status).not.toBe(429)
})

test('an address that has tried too many passwords is told when to go on', async ({ page, user, sql }) => {
  const address = '198.51.100.3'
  await sql`
    insert into private.rate_limits (subject, action, next_free_at)
    values (${`address:${address}`}, 'sign_in', now() + interval '5 minutes')`
  // Written behind what the browser's own proxy could say: the last entry is the one that counts.
  await page.setExtraHTTPHeaders(from(`203.0.113.77, ${address}`))
  const login = new LoginPage(page)
  await login.open()
  await login.signIn(user)
  await expect(login.message).toHaveText(/^That was too often\. Try again in \d+ seconds?\.$/)
  await page.setExtraHTTPHeaders(from('198.51.100.4'))
  await login.signIn(user)
  await expect(page).toHaveURL('/dashboard')
})
