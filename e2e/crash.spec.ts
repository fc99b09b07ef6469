import { findFreePort } from '../packages/dev-stack/ports.ts'
import { expect, test } from './fixtures.ts'
import { callApi } from './support/call-api.ts'
import { convertImages, slowImage } from './support/convert-images.ts'
import { readLedger } from './support/ledger.ts'
import { NO_WORKER, startApp } from './support/start-app.ts'

/** The converter's time limit, and what a hold outlives it by. */
const MAX_HOLD_MS = 60_000 + 30_000

test.skip(Boolean(process.env.E2E_ENV_FILE), 'An app that others use is not for killing.')

test('the credits of a run whose server was killed come back in their time, and the ledger says why', async ({
  userPage,
  user,
  sql,
}) => {
  // A server of its own, on the stack that all tests share: its sessions and its jobs go on.
  const port = await findFreePort(0)
  const url = `http://localhost:${port}`
  const start = () => startApp({ port, url, env: { APP_URL: url, ...NO_WORKER } })
  await using servers = new AsyncDisposableStack()
  const doomed = await start()
  servers.defer(doomed.stop)

  const files = Array(10).fill(await slowImage())
  const ask = () => convertImages(userPage.context(), { files, key: 'first', app: url })
  const run = ask().then(
    () => 'answered',
    () => 'cut off',
  )
  const holds = () => sql`select status from credit_holds where user_id = ${user.id}`
  await expect.poll(async () => [...(await holds())], { intervals: [20] }).toEqual([{ status: 'open' }])
  await doomed.kill()
  expect(await run).toBe('cut off')
  await expect(fetch(url)).rejects.toThrow()

  const next = await start()
  servers.defer(next.stop)
  // Nobody can tell yet that the run is dead. It has so long, and no longer.
  const meanwhile = await ask()
  expect(meanwhile.status).toBe(409)
  expect(await meanwhile.json()).toMatchObject({ error: 'still_running' })
  expect(await readLedger(sql, user.id)).toEqual({ balance: 90, rows: ['signup_bonus 100', 'deduction -10'] })
  const [hold] = await sql<{ id: string; ms: number }[]>`
    select transaction_id as id, extract(epoch from expires_at - created_at)::float8 * 1000 as ms
    from credit_holds where user_id = ${user.id}`
  expect(hold?.ms).toBeGreaterThan(0)
  expect(hold?.ms).toBeLessThanOrEqual(MAX_HOLD_MS)

  // Its time passes; the rest is the scheduler's.
  await sql`update credit_holds set expires_at = clock_timestamp() where user_id = ${user.id}`
  await expect.poll(async () => [...(await holds())]).toEqual([{ status: 'expired' }])
  expect(await readLedger(sql, user.id)).toEqual({
    balance: 100,
    rows: ['signup_bonus 100', 'deduction -10', 'refund 10'],
  })
  expect([...(await sql`select * from verify_ledger(${user.id})`)]).toEqual([])
  const { body } = await callApi(userPage, `/api/credits/transactions/${hold?.id}`)
  expect(body).toMatchObject({ amount: -10, refunded: 10, hold: { status: 'expired' } })
  expect(JSON.stringify(body.hold)).toContain('The run did not end in time')

  const lost = await ask()
  expect(lost.status).toBe(409)
  expect(await lost.json()).toMatchObject({ error: 'run_lost' })
  const anew = { files: files.slice(0, 1), key: 'again', app: url }
  expect(await convertImages(userPage.context(), anew).then((response) => response.json())).toMatchObject({
    converted: 1,
    newBalance: 99,
  })
})
