import { expect, test } from './fixtures.ts'
import { stackEnv } from './support/environment.ts'
import { balanceOf, buy } from './support/ledger.ts'

const authorization = () => `Bearer ${stackEnv('CRON_SECRET')}`
const COUNTED = {
  'release-expired-holds': 'released',
  'expire-grants': 'wallets',
  'purge-rate-limits': 'purged',
  'purge-stored-responses': 'purged',
  'purge-event-payloads': 'purged',
  'queue-expiring-mails': 'queued',
  'sum-up-days': 'days',
  'verify-ledger': 'violations',
  'send-mails': 'sent',
  'work-runs': 'ran',
  'end-surplus-subscriptions': 'ended', // #only payments
}

test('each job runs for a scheduler, by GET and by POST, and tells what it did', async ({ request }) => {
  for (const [job, counted] of Object.entries(COUNTED)) {
    for (const method of ['GET', 'POST']) {
      const headers = { authorization: authorization() }
      const response = await request.fetch(`/api/cron/${job}`, { method, headers })
      expect(response.status(), job).toBe(200)
      expect(await response.json()).toMatchObject({ ok: true, [counted]: expect.any(Number) })
    }
  }
})

test('nobody runs a job without the secret, signed in or not', async ({ request, adminPage }) => {
  const secret = stackEnv('CRON_SECRET')
  for (const given of ['', secret, 'Bearer ', `Bearer ${secret}x`, `bearer ${secret}`, 'Bearer null']) {
    const response = await request.get('/api/cron/expire-grants', { headers: { authorization: given } })
    expect(response.status(), given.replace(secret, '…')).toBe(401)
    expect(await response.json()).toMatchObject({ error: 'unauthorized' })
  }
  expect((await adminPage.request.post('/api/cron/expire-grants')).status()).toBe(401)
})

test('a job there is not is a 404', async ({ request }) => {
  for (const job of ['none', 'constructor', 'verify_ledger', 'release_expired_holds']) {
    const response = await request.get(`/api/cron/${job}`, { headers: { authorization: authorization() } })
    expect(response.status(), job).toBe(404)
    expect(await response.json()).toMatchObject({ error: 'unknown_job' })
  }
})

test('expired credits leave a wallet nobody touches', async ({ request, user, sql }) => {
  await buy(sql, user.id, { amount: 40, days: 1 })
  await sql`update public.credit_grants set expires_at = clock_timestamp() where user_id = ${user.id}`
  await sql`update public.credits set next_expiry_at = clock_timestamp() where user_id = ${user.id}`
  await request.post('/api/cron/expire-grants', { headers: { authorization: authorization() } })
  expect(await balanceOf(sql, user.id)).toBe(100)
})
