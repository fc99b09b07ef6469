import postgres, { type Sql } from 'postgres'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Engine, openEngine } from './engine.ts'
import { createBuyer, day, delivery, disputeData, openCheckout, paymentData, receive } from './events.ts'

const NO_JOBS = {}

let engine: Engine
let superuser: Sql
let admin: string
beforeAll(async () => {
  engine = await openEngine({ connections: 2 })
  superuser = postgres(engine.database.adminUrl, { max: 1, onnotice: () => {} })
  admin = await engine.createAdmin()
})
afterAll(async () => {
  await superuser.end()
  await engine.close()
})
/** Each test begins, and therefore each test before it ended, with nothing to do. */
beforeEach(async () => {
  expect(await entries()).toEqual([])
})

type Entry = {
  kind: string
  subject: string
  since: Date
  respond_by: Date | null
  email: string | null
  details: Record<string, unknown>
}

const read = (jobs: object = NO_JOBS, limit = 25) =>
  engine.server<Entry[]>`select * from needs_attention(${engine.server.json({ ...jobs })}, ${limit})`
const entries = async (jobs?: object, limit?: number) =>
  (await read(jobs, limit)).map(({ kind, subject }) => `${kind} ${subject}`)

async function pay() {
  const buyer = await createBuyer(engine)
  const session = await openCheckout(engine, buyer)
  await receive(engine, delivery('payment.succeeded', paymentData(buyer, session)))
  const [payment] = await engine.owner<
    { id: string }[]
  >`select id from payments where user_id = ${buyer.userId}`
  return { buyer, id: payment?.id ?? '', paymentId: `pay_of_${session}` }
}

async function failEvent(id: string, receivedAt = day(0)) {
  const sent = { p_id: id, p_type: 'payment.succeeded', p_payload: {}, p_provider: 'dodopayments' }
  await engine.call('store_payment_event', sent)
  await engine.call('finish_payment_event', { p_id: id, p_status: 'failed', p_error: 'Nobody knows it.' })
  await engine.owner`update payment_events set received_at = ${receivedAt} where id = ${id}`
}
const applyEvent = (id: string) => engine.call('finish_payment_event', { p_id: id, p_status: 'ignored' })

test('an event that failed waits until it is applied, and one nobody ever applied, too', async () => {
  await failEvent('evt_1')
  const lost = { p_id: 'evt_lost', p_type: 'payment.succeeded', p_payload: {}, p_provider: 'dodopayments' }
  await engine.call('store_payment_event', lost)
  expect(await entries()).toEqual(['failed_event evt_1'])
  await engine.owner`update payment_events set received_at = now() - interval '1 hour' where id = 'evt_lost'`
  expect(await entries()).toEqual(['failed_event evt_1', 'failed_event evt_lost'])
  const [first] = await read()
  expect(first).toMatchObject({ details: { type: 'payment.succeeded', error: 'Nobody knows it.' } })
  await applyEvent('evt_1')
  await applyEvent('evt_lost')
})

test('a dispute waits, with its deadline, until it is answered', async () => {
  const { id, paymentId, buyer } = await pay()
  await receive(engine, delivery('dispute.opened', disputeData(paymentId)))
  await engine.owner`update payment_disputes set respond_by = '2026-12-24 18:00Z' where payment_id = ${id}`
  expect(await read()).toMatchObject([
    {
      kind: 'dispute',
      subject: id,
      respond_by: new Date('2026-12-24T18:00:00Z'),
      email: `${buyer.userId}@example.com`,
      details: { amount: 3999, currency: 'USD', provider: 'dodopayments' },
    },
  ])
  await receive(engine, delivery('dispute.challenged', disputeData(paymentId), day(1)))
})

test('the deadline that a provider names is kept, also when a later event names none', async () => {
  const { paymentId } = await pay()
  const told = { kind: 'dispute', provider: 'dodopayments', dispute_id: 'dp_deadline', payment_id: paymentId }
  const tell = async (id: string, event: object) => {
    await engine.call('store_payment_event', {
      ...{ p_id: id, p_type: 'dispute', p_payload: {}, p_provider: 'dodopayments' },
    })
    const p_event = { ...told, amount: 3999, currency: 'USD', ...event }
    expect(await engine.call('apply_payment_event', { p_event_id: id, p_event })).toMatchObject({ ok: true })
    return (
      await engine.owner`select respond_by from payment_disputes where provider_dispute_id = 'dp_deadline'`
    )[0]
  }
  const deadline = '2026-12-24T18:00:00.000Z'
  const opened = { status: 'opened', respond_by: deadline, occurred_at: day(1) }
  expect(await tell('evt_opened', opened)).toEqual({ respond_by: new Date(deadline) })
  const won = { status: 'won', respond_by: null, occurred_at: day(2) }
  expect(await tell('evt_won', won)).toEqual({ respond_by: new Date(deadline) })
})

test('a payment refund waits when nobody confirmed it for an hour, or a bank for a week', async () => {
  const { id } = await pay()
  const asked = { p_payment_id: id, p_reason: 'A gift', p_actor_id: admin, p_idempotency_key: 'refund' }
  const { refund_id } = (await engine.call('request_payment_refund', asked)) as { refund_id?: string }
  expect(await entries()).toEqual([])
  const age = (interval: string, status: string) => engine.owner`
    update payment_refunds set created_at = now() - ${interval}::interval, status = ${status} where id = ${refund_id ?? ''}`
  await age('61 minutes', 'requested')
  expect(await entries()).toEqual([`stuck_refund ${id}`])
  await age('6 days', 'pending')
  expect(await entries()).toEqual([])
  await age('8 days', 'pending')
  expect(await entries()).toEqual([`stuck_refund ${id}`])
  await age('8 days', 'failed')
})

test('a checkout that was left waits for nobody, and ends after a day; a payment in the air waits after three', async () => {
  const buyer = await createBuyer(engine)
  await openCheckout(engine, buyer)
  const state = async () => {
    const [row] = await engine.owner`select state from payment_overview where user_id = ${buyer.userId}`
    return row?.state
  }
  const age = (interval: string, status: string) => engine.owner`
    update payments set created_at = now() - ${interval}::interval, status = ${status} where user_id = ${buyer.userId}`
  await age('23 hours', 'pending')
  expect([await state(), await entries()]).toEqual(['pending', []])
  await age('25 hours', 'pending')
  expect([await state(), await entries()]).toEqual(['abandoned', []])
  await age('4 days', 'processing')
  expect([await state(), await entries()]).toEqual(['processing', [expect.stringMatching(/^stuck_payment /)]])
  await age('4 days', 'failed')
})

test('a held bonus waits until it is released, its account is closed, or a month has passed', async () => {
  const [ann, ben, cat] = [await engine.createUser(), await engine.createUser(), await engine.createUser()]
  await engine.owner`
    insert into signup_bonuses (mailbox_hash, user_id, status, client_network, created_at) values
      ('a', ${ann}, 'held', '203.0.113.0', now() - interval '3 minutes'),
      ('b', ${ben}, 'held', '203.0.113.0', now() - interval '2 minutes'),
      ('c', ${cat}, 'held', '203.0.113.0', now() - interval '1 minute')`
  expect(await entries()).toEqual([`held_bonus ${ann}`, `held_bonus ${ben}`, `held_bonus ${cat}`])
  await engine.call('release_signup_bonus', { p_user_id: ann, p_actor_id: admin })
  await engine.owner`update profiles set closed_at = now() where id = ${ben}`
  await engine.owner`update signup_bonuses set created_at = now() - interval '31 days' where user_id = ${cat}`
})

test('a buyer whom the provider takes for another waits until the other is moved', async () => {
  const { userId: holder, customer } = await createBuyer(engine)
  const buyer = await engine.createUser()
  const link = { p_user_id: buyer, p_customer_id: customer, p_provider: 'dodopayments' }
  for (let attempt = 0; attempt < 2; attempt++) {
    expect(await engine.call('link_customer', link)).toMatchObject({ code: 'customer_taken' })
  }
  expect(await entries()).toEqual([`unmatched_customer ${buyer}`])
  await engine.call('record_customer_email', {
    ...{ p_user_id: holder, p_provider: 'dodopayments', p_email: 'new@example.com' },
    ...{ p_reason: 'It was theirs', p_actor_id: admin },
  })
})

test('a package that could not be synced waits until it is, or is no longer sold', async () => {
  const begin = () =>
    engine.call('begin_product_sync', { p_package_id: 'starter', p_provider: 'dodopayments' })
  const end = (over: object) =>
    engine.call('end_product_sync', { p_package_id: 'starter', p_provider: 'dodopayments', ...over })
  const { version } = (await begin()) as { version?: number }
  await end({ p_version: version ?? 0, p_error: 'No such product.' })
  expect(await entries()).toEqual(['failed_sync starter'])
  await begin()
  expect(await entries()).toEqual([])
  await engine.owner`update package_syncs set started_at = now() - interval '11 minutes'`
  expect(await entries()).toEqual(['failed_sync starter'])
  await end({ p_version: version ?? 0, p_product_id: 'pdt_starter' })
})

describe('jobs', () => {
  const MINUTELY = { 'expire-grants': 60 }
  const aged = (interval: string) =>
    engine.owner`update job_runs set ran_at = now() - ${interval}::interval where job = 'expire-grants'`

  test('one that missed two runs is late until it runs, whoever calls it', async () => {
    expect(await entries(MINUTELY)).toEqual([])
    await engine.owner`update profiles set created_at = now() - interval '13 minutes' where id = ${admin}`
    expect(await entries(MINUTELY)).toEqual(['late_job expire-grants'])
    await engine.owner`select expire_grants()`
    expect(await entries(MINUTELY)).toEqual([])
    await aged('11 minutes')
    expect(await entries(MINUTELY)).toEqual([])
    await aged('13 minutes')
    expect(await entries(MINUTELY)).toEqual(['late_job expire-grants'])
    expect(await entries({ 'expire-grants': 3600 })).toEqual([])
    await engine.owner`select expire_grants()`
    expect(await entries(MINUTELY)).toEqual([])
  })

  test('one that failed says why until it succeeds, and keeps what it counted before', async () => {
    await engine.call('record_job_run', { p_job: 'reconcile', p_result: { repaired: 3 } })
    await engine.call('record_job_run', { p_job: 'reconcile', p_error: 'The provider is down.' })
    expect(await read({ reconcile: 3600 })).toMatchObject([
      { kind: 'failed_job', subject: 'reconcile', details: { error: 'The provider is down.' } },
    ])
    const [kept] = await engine.owner`select result from job_runs where job = 'reconcile'`
    expect(kept).toEqual({ result: { repaired: 3 } })
    // A job that this product does not have waits for nobody.
    expect(await entries()).toEqual([])
    await engine.call('record_job_run', { p_job: 'reconcile', p_result: { repaired: 0 } })
    expect(await entries({ reconcile: 3600 })).toEqual([])
  })

  test('two at once wait for nothing: one of them is recorded', async () => {
    await engine.owner`select expire_grants()`
    await engine.owner.begin(async (sql) => {
      await sql`select from job_runs where job = 'expire-grants' for update`
      expect(await engine.call('expire_grants', {})).toMatchObject({ ok: true })
    })
  })
})

test('a ledger that does not add up waits from when it was first seen until it is checked again', async () => {
  const user = await engine.createUser({ balance: 10 })
  expect(await engine.call('check_ledger', {})).toMatchObject({ ok: true, violations: 0, first: [] })
  await superuser`update credits set balance = 7 where user_id = ${user}`
  // Nobody looks all the time.
  expect(await entries()).toEqual([])
  expect(await engine.call('check_ledger', {})).toMatchObject({
    violations: 1,
    first: [{ invariant: 'balance_is_sum_of_ledger', user_id: user, detail: 'balance 7, ledger 10' }],
  })
  const [first] = await read()
  expect(first).toMatchObject({ kind: 'unsound_ledger', details: { violations: 1 } })
  await engine.call('check_ledger', {})
  expect((await read())[0]?.since).toEqual(first?.since)
  await superuser`update credits set balance = 10 where user_id = ${user}`
  await engine.call('check_ledger', {})
})

test('an app that waits for changes by another way than the database tells of them waits until both agree', async () => {
  const inApp = (mode: string) =>
    engine.server<Entry[]>`select * from needs_attention(${engine.server.json(NO_JOBS)}, 25, ${mode})`
  expect(await inApp('changes')).toEqual([])
  expect(await inApp('broadcast')).toMatchObject([
    { kind: 'live_mode', subject: 'live', details: { app: 'broadcast', database: 'changes' } },
  ])
  await engine.server`select set_live_mode('broadcast')`
  expect(await inApp('broadcast')).toEqual([])
  const [first] = await inApp('changes')
  expect(first).toMatchObject({ kind: 'live_mode', details: { app: 'changes', database: 'broadcast' } })
  expect((await inApp('changes'))[0]?.since).toEqual(first?.since)
  await engine.server`select set_live_mode('changes')`
})

test('the oldest is first, whatever it is, and no kind hides the others however many there are', async () => {
  const { id, paymentId } = await pay()
  await receive(engine, delivery('dispute.opened', disputeData(paymentId)))
  await engine.owner`update payment_disputes set created_at = now() - interval '40 days 12 hours' where payment_id = ${id}`
  for (let index = 0; index < 30; index++) await failEvent(`evt_many_${index}`, day(-60 + index))
  const all = await entries()
  expect(all).toHaveLength(26)
  expect(all.slice(0, 2)).toEqual(['failed_event evt_many_0', 'failed_event evt_many_1'])
  expect(all.indexOf(`dispute ${id}`)).toBe(21)
  expect(await entries(NO_JOBS, 1)).toEqual(['failed_event evt_many_0', `dispute ${id}`])
  await engine.owner`update payment_events set status = 'ignored' where id like 'evt_many_%'`
  await receive(engine, delivery('dispute.won', disputeData(paymentId), day(1)))
})

test('however many events and payments there were, the list is read from indexes', async () => {
  const buyer = await createBuyer(engine)
  await engine.owner`
    insert into payment_events (id, provider, type, payload, status)
    select 'evt_old_' || n, 'dodopayments', 'payment.succeeded', '{}', 'processed' from generate_series(1, 20000) n`
  await engine.owner`
    insert into payments (user_id, package_id, credit_type, credits, amount, currency, provider, checkout_session_id, status)
    select ${buyer.userId}, 'starter', 'general', 1, 999, 'USD', 'dodopayments', 'cks_old_' || n, 'failed'
    from generate_series(1, 20000) n`
  await engine.owner`analyze payment_events, payments`
  await engine.owner.begin(async (sql) => {
    await sql`select count(*) from needs_attention('{}')`
    const rows = await sql<{ seq_scan: string }[]>`
      select seq_scan from pg_stat_xact_user_tables where relname in ('payment_events', 'payments')`
    expect(rows.map(({ seq_scan }) => Number(seq_scan))).toEqual([0, 0])
  })
})
