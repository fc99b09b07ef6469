import { fork } from 'node:child_process'
import { once } from 'node:events'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { makeTemporaryDirectory } from '../../packages/dev-stack/temporary-directory.ts'
import { startCluster } from './cluster.ts'
import { delivery, paymentData } from './events.ts'
import { post, signDelivery } from './signed-webhook.ts'

// Work after an answer needs a request of Next.js around it; nothing is mailed here.
vi.mock('next/server', () => ({ after: vi.fn() }))

const USER = 'a0000000-0000-4000-8000-000000000002'

let cluster: Awaited<ReturnType<typeof startCluster>>
let backend: Awaited<ReturnType<typeof startDataApi>>
let directory: string
let webhookKey = ''
const stack = new AsyncDisposableStack()
beforeAll(async () => {
  cluster = stack.adopt(await startCluster(), (started) => started.stop())
  directory = stack.adopt(await makeTemporaryDirectory(), (made) => made.remove()).path
  backend = await startDataApi()
  stack.defer(() => void backend.process.kill('SIGKILL'))
  Object.assign(process.env, backend.env)
  webhookKey = backend.env.DODO_PAYMENTS_WEBHOOK_KEY ?? ''
})
afterAll(() => stack.disposeAsync())

async function startDataApi(port = '0') {
  const script = new URL('./data-api-process.ts', import.meta.url)
  const started = fork(script, [cluster.urls().apiUrl, directory, port], {
    execArgv: [],
    // The driver of the database may fall over the loss, in many lines.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  const [env] = await once(started, 'message')
  return { process: started, env: z.record(z.string(), z.string()).parse(env) }
}

/** The machine of the database goes down, with all that ran on it, and comes back. */
async function crash(): Promise<void> {
  await cluster.crash?.()
  const { port } = new URL(backend.env.NEXT_PUBLIC_SUPABASE_URL ?? '')
  const ended = once(backend.process, 'exit')
  if (backend.process.kill('SIGKILL')) await ended
  backend = await startDataApi(port)
}

/** One connection as the owner of the tables; a killed server takes it along. */
const connect = () => postgres(cluster.urls().adminUrl, { max: 1, fetch_types: false, onnotice: () => {} })

async function ask<Row extends object>(question: string): Promise<Row | undefined> {
  const sql = connect()
  try {
    const [row] = await sql.unsafe<Row[]>(question)
    return row
  } finally {
    await sql.end({ timeout: 1 })
  }
}

const event = (id: string) =>
  ask(`select status, attempts from payment_events where id = 'dodopayments:${id}'`)
const balance = () =>
  ask(`select balance::int from credits where user_id = '${USER}' and credit_type = 'general'`)

const waiting = () =>
  ask(`
    select count(*)::int from pg_stat_activity
    where wait_event_type = 'Lock' and query like '%apply_payment_event%' and pid <> pg_backend_pid()`)

test('Postgres killed between receipt and application: sent again, the delivery is applied, once', async () => {
  const setUp = connect()
  await setUp`select link_customer(${USER}, 'cus_crash', 'dodopayments'), record_checkout(${USER}, 'pro', 'cks_crash', 'dodopayments')`
  await setUp.end()
  const told = delivery(
    'payment.succeeded',
    paymentData({ userId: USER, customer: 'cus_crash' }, 'cks_crash'),
  )
  const before = await balance()

  // A lock on the payer keeps the event from being applied after it was stored.
  const holder = postgres(cluster.urls().adminUrl, { max: 1 })
  const held = await holder.reserve()
  await held`begin`
  await held`select from public.profiles where id = ${USER} for no key update`
  const answer = post(signDelivery(told, webhookKey))
  await vi.waitFor(async () => expect(await waiting()).toEqual({ count: 1 }))
  await crash()
  await holder.end({ timeout: 0 })
  expect(await answer).toBe(500)

  expect(await event(told.id)).toEqual({ status: 'received', attempts: 1 })
  expect(await balance()).toEqual(before)

  await vi.waitFor(async () => expect(await post(signDelivery(told, webhookKey))).toBe(200))
  expect(await event(told.id)).toMatchObject({ status: 'processed' })
  expect(await balance()).toEqual({ balance: Number(Object(before).balance) + 500 })
  expect(await post(signDelivery(told, webhookKey))).toBe(200)
  expect(await balance()).toEqual({ balance: Number(Object(before).balance) + 500 })
  expect(await ask('select * from verify_ledger()')).toBeUndefined()
}, 60_000)
