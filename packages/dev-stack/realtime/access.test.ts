import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import {
  ANN,
  BEN,
  eventually,
  type Fixture,
  follow,
  SECRET_KEY,
  startFixture,
  tryToFollow,
} from './testing.ts'

let fixture: Fixture
beforeAll(async () => {
  fixture = await startFixture()
})
afterAll(() => fixture.close())
afterEach(async () => {
  await fixture.sql`truncate wallets, notes`
})

/** Commits a change that Ben may see: once it has arrived, all that came before has too. */
async function untilBenSees(changes: unknown[], count = 1): Promise<void> {
  await fixture.sql`
    insert into wallets (user_id, balance) values (${BEN}, 1)
    on conflict (user_id, kind) do update set balance = wallets.balance + 1`
  await eventually(() => expect(changes).toHaveLength(count))
}

test('another user never receives a row, with or without a filter on it', async () => {
  const { sql } = fixture
  const ben = await fixture.userClient(BEN)
  const ann = await follow(await fixture.userClient(ANN))
  const aimed = await follow(ben, { filter: `user_id=eq.${ANN}` }, 'aimed')
  const open = await follow(ben, {}, 'open')
  await sql`insert into wallets (user_id, balance) values (${ANN}, 100)`
  await sql`update wallets set balance = 50`
  await eventually(() => expect(ann.changes).toHaveLength(2))
  await untilBenSees(open.changes)

  expect(open.changes.map((change) => change.new)).toMatchObject([{ user_id: BEN }])
  expect(aimed.changes).toEqual([])
})

test('without a session, and with the rights of anon, nothing of a wallet arrives', async () => {
  const { sql } = fixture
  const nobody = await follow(await fixture.connect('sb_publishable_test'))
  const ben = await follow(await fixture.userClient(BEN))
  await sql`insert into wallets (user_id) values (${ANN})`
  await untilBenSees(ben.changes)
  await sql`delete from wallets`
  await untilBenSees(ben.changes, 4)
  expect(nobody.changes).toEqual([])
})

test('the secret key sees every row', async () => {
  const { sql } = fixture
  const { changes } = await follow(await fixture.connect(SECRET_KEY, '2.0.0', SECRET_KEY))
  await sql`insert into wallets (user_id, secret) values (${ANN}, 'a'), (${BEN}, 'b')`
  await eventually(() => expect(changes).toHaveLength(2))
  expect(changes.map((change) => change.new)).toMatchObject([{ secret: 'a' }, { secret: 'b' }])
})

test('a column the role may not select is neither sent nor filtered by', async () => {
  const { sql } = fixture
  const client = await fixture.userClient(ANN)
  const { changes } = await follow(client)
  const guess = await tryToFollow(client, { filter: 'secret=eq.hidden' }, 'guess')
  await sql`insert into wallets (user_id, secret) values (${ANN}, 'hidden')`
  await eventually(() => expect(changes).toHaveLength(1))
  expect(changes[0]?.new).toEqual({ user_id: ANN, kind: 'general', balance: 0 })
  expect(guess.statuses.errors[0]).toContain('The role authenticated may not read the column "secret"')
})

test('of a deleted or replaced row only the key is told, whatever the log holds', async () => {
  const { sql } = fixture
  await sql`alter table wallets replica identity full`
  const { changes } = await follow(await fixture.userClient(ANN))
  await sql`insert into wallets (user_id, balance) values (${ANN}, 1)`
  await sql`update wallets set balance = 2`
  await eventually(() => expect(changes).toHaveLength(2))
  await sql`delete from wallets`
  await eventually(() => expect(changes).toHaveLength(3))
  await sql`alter table wallets replica identity default`
  const key = { user_id: ANN, kind: 'general' }
  expect(changes.map((change) => change.old)).toEqual([{}, key, key])
})

test('a filter holds for deleted rows as well', async () => {
  const { sql } = fixture
  const own = await follow(await fixture.userClient(BEN), { event: 'DELETE', filter: `user_id=eq.${BEN}` })
  await sql`insert into wallets (user_id) values (${ANN}), (${BEN})`
  await sql`delete from wallets where user_id = ${ANN}`
  await sql`delete from wallets where user_id = ${BEN}`
  await eventually(() => expect(own.changes).toHaveLength(1))
  expect(own.changes[0]?.old).toEqual({ user_id: BEN, kind: 'general' })
})

test('a policy that fails for one subscriber spares the others', async () => {
  const { sql } = fixture
  const broken = await follow(await fixture.userClient('not-a-uuid'))
  const ann = await follow(await fixture.userClient(ANN))
  await sql`insert into wallets (user_id) values (${ANN})`
  await eventually(() => expect(ann.changes).toHaveLength(1))
  expect(broken.changes).toEqual([])
})

test('the advisors have nothing to say about the functions of an open connection', async () => {
  await follow(await fixture.userClient(ANN))
  const functions = await fixture.admin`
    select proname, array_to_string(proconfig, ',') as settings
    from pg_proc
    where pronamespace::regnamespace::text like 'pg\\_temp%'`
  expect(functions).not.toHaveLength(0)
  for (const { settings } of functions) expect(settings).toContain('search_path=')
})

test('two hundred subscribers each receive their own rows and no others', async () => {
  const { sql } = fixture
  const users = Array.from(
    { length: 200 },
    (_, index) => `cccccccc-0000-4000-8000-${String(index).padStart(12, '0')}`,
  )
  const followers: Awaited<ReturnType<typeof follow>>[] = []
  // A join waits for one of two connections for five seconds at most.
  for (let joined = 0; joined < users.length; joined = followers.length) {
    const next = users.slice(joined, joined + 20)
    followers.push(...(await Promise.all(next.map(async (user) => follow(await fixture.userClient(user))))))
  }
  const everybody = await follow(await fixture.connect(SECRET_KEY, '2.0.0', SECRET_KEY))
  const changed = users.slice(0, 20)
  await sql`insert into wallets (user_id) select unnest(${changed}::uuid[])`
  await eventually(() => expect(everybody.changes).toHaveLength(changed.length))
  await eventually(() => {
    for (const { changes } of followers.slice(0, changed.length)) expect(changes).toHaveLength(1)
  })
  for (const [index, { changes }] of followers.entries()) {
    const own = index < changed.length ? [{ user_id: users[index] }] : []
    expect(changes.map((change) => change.new)).toMatchObject(own)
  }
})
