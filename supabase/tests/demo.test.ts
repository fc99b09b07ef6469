import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeTemporaryDirectory } from '../../packages/dev-stack/temporary-directory.ts'
import { type DatabaseUrls, startTestServer } from '../../packages/dev-stack/testing.ts'
import { moveTimestamps } from '../../scripts/demo/move-timestamps.ts'
import { refuseNamedProject } from '../../scripts/demo/refuse-other-databases.ts'
import { tellDemo } from '../../scripts/demo/tell-demo.ts'
import { MIGRATIONS_DIRECTORY, SEED_FILE } from '../../scripts/paths.ts'

// #region payments
const keys = {
  apiKey: 'dodo_sandbox_demo',
  webhookKey: `whsec_${Buffer.from('a webhook key for the demo').toString('base64')}`,
}
// #endregion

/** A database as a new installation has it, with the demo told to it, and its owner's connection. */
async function startDemo() {
  const undo = new AsyncDisposableStack()
  const database = await startTestServer({ migrations: MIGRATIONS_DIRECTORY, seeds: [SEED_FILE] })
  undo.defer(database.stop)
  const directory = await makeTemporaryDirectory()
  undo.defer(directory.remove)
  const tell = (urls: Pick<DatabaseUrls, 'adminUrl' | 'ownerUrl'> = database) =>
    tellDemo({
      database: urls,
      sandbox: { directory: directory.path, keys, port: 0 }, // #only payments
    })
  const counts = await tell()
  const sql = postgres(database.ownerUrl, { max: 1, onnotice: () => {} })
  undo.defer(() => sql.end())
  return { counts, database, sql, tell, close: () => undo.disposeAsync() }
}

let demo: Awaited<ReturnType<typeof startDemo>>
let again: Awaited<ReturnType<typeof startDemo>>
beforeAll(async () => {
  // Both at once: each waits for its own database.
  ;[demo, again] = await Promise.all([startDemo(), startDemo()])
}, 300_000)
afterAll(async () => {
  await demo?.close()
  await again?.close()
})

/** What is the same whenever the story is told: ids and milliseconds are not. */
async function readStory({ sql }: typeof demo) {
  return {
    ledger: await sql`
      select p.email, t.seq, t.type, t.amount, t.action
      from credit_transactions t join profiles p on p.id = t.user_id order by p.email, t.credit_type, t.seq`,
    runs: await sql`
      select p.email, r.tool, r.status, r.charged from runs r join profiles p on p.id = r.user_id order by r.id`,
    payments: await sql`
      select p.email, m.package_id, m.status, m.amount, m.refunded_amount, m.dispute_status
      from payments m join profiles p on p.id = m.user_id order by p.email, m.created_at, m.package_id`,
  }
}

test('the ledger of the demo breaks no rule, and what is said of it is counted', async () => {
  expect([...(await demo.sql`select * from verify_ledger()`)]).toEqual([])
  const [counted] = await demo.sql`
    select (select count(*)::int from profiles) as users, (select count(*)::int from runs) as runs,
      (select count(*)::int from credit_transactions) as transactions`
  expect(demo.counts).toMatchObject({ ...counted, users: 12 })
  expect(demo.counts.runs).toBeGreaterThan(300)
})

test('the same seed tells the same story', async () => {
  expect(again.counts).toEqual(demo.counts)
  expect(await readStory(again)).toEqual(await readStory(demo))
})

test('sixty days have passed: the first account is as old, and the ledger spreads over them', async () => {
  const [spread] = await demo.sql`
    select
      extract(day from now() - (select min(created_at) from profiles))::int as age,
      count(distinct created_at::date)::int as days,
      max(created_at) < now() as past,
      bool_and(created_at > (select min(created_at) from profiles) - interval '1 minute') as later
    from credit_transactions`
  expect(spread).toMatchObject({ age: 60, past: true, later: true })
  expect(spread?.days).toBeGreaterThan(50)
})

test('runs fail and are given back, credits expire, and gifts are about to', async () => {
  const types = await demo.sql<{ type: string }[]>`select distinct type from credit_transactions`
  const expected = ['signup_bonus', 'promotion', 'deduction', 'refund', 'expiry', 'admin_adjustment']
  expect(types.map(({ type }) => type)).toEqual(expect.arrayContaining(expected))
  const [soon] = await demo.sql`
    select count(*)::int as grants from credit_grants
    where remaining > 0 and expires_at < now() + interval '7 days'`
  expect(soon?.grants).toBeGreaterThan(0)
  const [banned] = await demo.sql`select count(*)::int as users from auth.users where banned_until > now()`
  expect(banned).toEqual({ users: 1 })
})

// #region payments
test('plans renew, end and stay on hold; a dispute left a debt, a part was refunded, a payment is unfinished', async () => {
  const plans =
    await demo.sql`select status, count(*)::int as plans from subscriptions group by status order by 1`
  expect([...plans]).toEqual([
    { status: 'active', plans: 4 },
    { status: 'expired', plans: 1 },
    { status: 'on_hold', plans: 1 },
  ])
  const [money] = await demo.sql`
    select
      (select count(*)::int from subscription_periods) as periods,
      (select count(*)::int from credits where debt > 0) as debtors,
      (select count(*)::int from payments where refunded_amount between 1 and charged_amount - 1) as refunded,
      (select count(*)::int from payments where dispute_status = 'opened') as disputed,
      (select count(*)::int from payments where dispute_status = 'won') as won,
      (select count(*)::int from payments where status = 'pending' and created_at > now() - interval '1 hour') as unfinished`
  expect(money).toEqual({ periods: 8, debtors: 1, refunded: 1, disputed: 1, won: 1, unfinished: 1 })
})

test('one payment and one dispute need attention, each event says when it was sent', async () => {
  const waiting = await demo.sql`select kind from needs_attention('{}') order by kind`
  expect(waiting.map(({ kind }) => kind)).toEqual(['dispute', 'failed_event'])
  const [events] = await demo.sql`
    select max(abs(extract(epoch from received_at - (payload ->> 'timestamp')::timestamptz)))::int as seconds
    from payment_events`
  expect(events?.seconds).toBeLessThan(60)
})
// #endregion

test('a database that has the story already is refused, and unchanged', async () => {
  await expect(demo.tell()).rejects.toThrow('fresh database alone')
  const [{ users } = {}] = await demo.sql`select count(*)::int as users from profiles`
  expect(users).toBe(12)
})

test('a database on another machine is refused before anything is asked of it', async () => {
  const elsewhere = 'postgresql://postgres:secret@db.example.supabase.co:5432/postgres'
  await expect(demo.tell({ adminUrl: elsewhere, ownerUrl: elsewhere })).rejects.toThrow(
    'on this machine alone, and db.example.supabase.co is another',
  )
  const tunnel = { adminUrl: elsewhere, ownerUrl: demo.database.ownerUrl }
  await expect(demo.tell(tunnel)).rejects.toThrow('on this machine alone')
})

test('a project that the environment names is refused', () => {
  expect(() => refuseNamedProject({ NEXT_PUBLIC_SUPABASE_URL: 'https://x.supabase.co' })).toThrow(
    'NEXT_PUBLIC_SUPABASE_URL is https://x.supabase.co',
  )
  expect(() => refuseNamedProject({})).not.toThrow()
})

test('timestamps in JSON move, and nothing else does', () => {
  const json = '{"at":"2026-03-01T00:00:00.500Z","note":"on 2026-03-01","days":31}'
  expect(moveTimestamps(json, 86_400_000)).toBe(
    '{"at":"2026-02-28T00:00:00.500Z","note":"on 2026-03-01","days":31}',
  )
})
