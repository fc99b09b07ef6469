import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ANN, eventually, type Fixture, follow, startFixture } from './testing.ts'

let fixture: Fixture
beforeAll(async () => {
  fixture = await startFixture()
})
afterAll(() => fixture.close())
beforeEach(async () => {
  await fixture.sql`truncate wallets, notes`
})

describe.each(['1.0.0', '2.0.0'])('protocol %s', (vsn) => {
  test('an owner sees the row inserted, updated and deleted', async () => {
    const { sql } = fixture
    const { changes, statuses } = await follow(await fixture.userClient(ANN, vsn))
    await sql`insert into wallets (user_id, balance, secret) values (${ANN}, 100, 'hidden')`
    await sql`update wallets set balance = 99 where user_id = ${ANN}`
    // What is deleted before its insert could be checked stays unseen, as on hosted Realtime.
    await eventually(() => expect(changes).toHaveLength(2))
    await sql`delete from wallets where user_id = ${ANN}`
    await eventually(() => expect(changes).toHaveLength(3))

    const key = { user_id: ANN, kind: 'general' }
    expect(statuses.seen).toEqual(['SUBSCRIBED'])
    expect(changes).toMatchObject([
      { eventType: 'INSERT', schema: 'public', table: 'wallets', new: { ...key, balance: 100 }, old: {} },
      { eventType: 'UPDATE', new: { ...key, balance: 99 }, old: key, errors: null },
      { eventType: 'DELETE', new: {}, old: key },
    ])
    expect(changes[0]?.commit_timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
  })

  test('only the events and rows asked for arrive', async () => {
    const { sql } = fixture
    const client = await fixture.userClient(ANN, vsn)
    const updates = await follow(
      client,
      { table: 'notes', event: 'UPDATE', filter: 'id=gt.1,done=eq.true' },
      'a',
    )
    const several = await follow(client, { table: 'notes', event: 'INSERT', filter: 'id=in.(2,3)' }, 'b')
    const all = await follow(client, { table: 'notes' }, 'c')
    await sql`insert into notes (id, done) values (1, true), (2, true), (3, false)`
    await sql`update notes set body = 'new'`
    await eventually(() => expect(all.changes).toHaveLength(6))

    expect(updates.changes.map((change) => change.new)).toMatchObject([{ id: 2, body: 'new' }])
    expect(several.changes.map((change) => change.new)).toMatchObject([{ id: 2 }, { id: 3 }])
  })
})

test('one channel tells its bindings apart', async () => {
  const { sql } = fixture
  const client = await fixture.userClient(ANN)
  const heard: string[] = []
  const table = { schema: 'public', table: 'notes' }
  const channel = client
    .channel('several')
    .on('postgres_changes', { event: 'INSERT', ...table, filter: 'id=eq.1' }, () =>
      heard.push('first inserted'),
    )
    .on('postgres_changes', { event: 'INSERT', ...table, filter: 'id=neq.1' }, () =>
      heard.push('other inserted'),
    )
    .on('postgres_changes', { event: '*', ...table }, ({ eventType }) => heard.push(eventType))
  await new Promise((resolve) => channel.subscribe(resolve))
  await sql`insert into notes (id) values (1)`
  await sql`insert into notes (id) values (2)`
  await eventually(() => expect(heard).toHaveLength(4))
  await sql`delete from notes where id = 1`
  await eventually(() => expect(heard).toHaveLength(5))
  expect(heard).toEqual(['first inserted', 'INSERT', 'other inserted', 'INSERT', 'DELETE'])
})

test('values look as they do in the Data API', async () => {
  const { sql } = fixture
  const { changes } = await follow(await fixture.userClient(ANN), { table: 'notes' })
  await sql`
    insert into notes values
      (7, 'line\nbreak, "quote"', 12.50, true, '{a,"b c"}', '{"deep": [1]}', 'busy', '2026-11-21 10:00:00.25+02')`
  await eventually(() => expect(changes).toHaveLength(1))
  expect(changes[0]?.new).toEqual({
    id: 7,
    body: 'line\nbreak, "quote"',
    price: 12.5,
    done: true,
    tags: ['a', 'b c'],
    meta: { deep: [1] },
    mood: 'busy',
    at: '2026-11-21T08:00:00.25+00:00',
  })
})

test('a selection brings those columns and the key', async () => {
  const { sql } = fixture
  const { changes } = await follow(await fixture.userClient(ANN), { table: 'notes', select: ['body'] })
  await sql`insert into notes (id, body, done) values (1, 'short', true)`
  await eventually(() => expect(changes).toHaveLength(1))
  expect(changes[0]?.new).toEqual({ id: 1, body: 'short' })
})

test('a record beyond the size limit arrives without its large fields, and says so', async () => {
  const { sql } = fixture
  const { changes } = await follow(await fixture.userClient(ANN), { table: 'notes' })
  await sql`insert into notes (id, body) values (1, repeat('x', 1100000))`
  await eventually(() => expect(changes).toHaveLength(1))
  expect(changes[0]).toMatchObject({ new: { id: 1 }, errors: ['Error 413: Payload Too Large'] })
  expect(changes[0]?.new).not.toHaveProperty('body')
})

test('a table is followed from the moment it is published', async () => {
  const { sql } = fixture
  const client = await fixture.userClient(ANN)
  await sql`create table public.late (id int primary key)`
  await sql`grant select on public.late to authenticated`
  await sql`alter publication supabase_realtime add table public.late`
  const { changes } = await follow(client, { table: 'late' })
  await sql`insert into late values (1)`
  await eventually(() => expect(changes).toHaveLength(1))
  await sql`alter table public.late add column name text default 'new'`
  await sql`insert into late values (2)`
  await eventually(() => expect(changes.at(-1)?.new).toEqual({ id: 2, name: 'new' }))
})

test('more changes at once than are held in memory all arrive', async () => {
  const { sql } = fixture
  const { changes } = await follow(await fixture.userClient(ANN), { table: 'notes', event: 'INSERT' })
  await sql`insert into notes (id) select generate_series(1, 400)`
  await eventually(() => expect(changes).toHaveLength(400))
})

test('changes of one transaction and of many arrive in the order they were committed', async () => {
  const { sql } = fixture
  const { changes } = await follow(await fixture.userClient(ANN))
  await sql`insert into wallets (user_id) values (${ANN})`
  for (let round = 1; round <= 30; round++) await sql`update wallets set balance = ${round}`
  await sql.begin(async (transaction) => {
    for (let round = 31; round <= 40; round++) await transaction`update wallets set balance = ${round}`
  })
  await eventually(() => expect(changes).toHaveLength(41))
  const balances = changes.map((change) => ('balance' in change.new ? change.new.balance : null))
  expect(balances).toEqual(Array.from({ length: 41 }, (_, index) => index))
})
