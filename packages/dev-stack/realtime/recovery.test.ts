import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { ANN, eventually, type Fixture, follow, startFixture } from './testing.ts'

let fixture: Fixture
beforeAll(async () => {
  fixture = await startFixture()
})
afterAll(() => fixture.close())
afterEach(async () => {
  await fixture.sql`truncate wallets`
})

/** Follows Ann's wallet, breaks something, and expects her to be told to fetch again and then to hear anew. */
async function survives(breakIt: () => Promise<unknown>): Promise<void> {
  const { changes, statuses } = await follow(await fixture.userClient(ANN))
  await breakIt()
  await eventually(() => expect(statuses.seen).toEqual(['SUBSCRIBED', 'CHANNEL_ERROR', 'SUBSCRIBED']))
  await fixture.sql`
    insert into wallets (user_id, balance) values (${ANN}, 5)
    on conflict (user_id, kind) do update set balance = 5`
  await eventually(() => expect(changes.at(-1)?.new).toMatchObject({ user_id: ANN, balance: 5 }))
}

test('after the walsender is killed the feed resumes and subscribers join again', async () => {
  await survives(() => fixture.admin`select pg_terminate_backend(pid) from pg_stat_replication`)
})

test('after a restart of Postgres the feed resumes and subscribers join again', async () => {
  await survives(() => fixture.restartPostgres())
})

test('after the publication is made anew the feed resumes and subscribers join again', async () => {
  await survives(async () => {
    await fixture.sql`drop publication supabase_realtime`
    // Only a change makes Postgres notice that its publication is gone.
    await fixture.sql`insert into wallets (user_id) values (${ANN})`
    await eventually(async () => expect(await fixture.sql`select from pg_replication_slots`).toHaveLength(0))
    await fixture.sql`create publication supabase_realtime for table wallets, notes`
  })
})

test('when only our own queries are cut, nothing is lost', async () => {
  const { admin, sql } = fixture
  const { changes, statuses } = await follow(await fixture.userClient(ANN))
  await sql`insert into wallets (user_id) values (${ANN})`
  await eventually(() => expect(changes).toHaveLength(1))
  // Two joins at once, so that all of our connections are there to be cut.
  await Promise.all(['one', 'two'].map(async (topic) => follow(await fixture.userClient(ANN), {}, topic)))
  await admin`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'realtime'`
  await sql`update wallets set balance = 2`
  await eventually(() => expect(changes).toHaveLength(2))
  expect(statuses.seen).toEqual(['SUBSCRIBED'])
})

test('it stops at once, with subscribers and without a trace in Postgres', async () => {
  await follow(await fixture.userClient(ANN))
  const started = performance.now()
  await fixture.realtime.close()
  expect(performance.now() - started).toBeLessThan(1_000)
  const ours = () => fixture.admin`select from pg_stat_activity where application_name like 'realtime%'`
  await eventually(async () => expect(await ours()).toHaveLength(0))
  expect(await fixture.admin`select from pg_replication_slots`).toHaveLength(0)
})
