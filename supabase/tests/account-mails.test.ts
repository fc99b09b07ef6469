import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Engine, openEngine, times } from './engine.ts'

type Queued = { kind: string; recipient: string | null; data: Record<string, unknown> }

let engine: Engine
beforeAll(async () => {
  engine = await openEngine()
})
afterAll(() => engine.close())

const mails = (user: string) =>
  engine.owner<Queued[]>`select kind, recipient, data from mails where user_id = ${user} order by id`
const kinds = async (user: string) => (await mails(user)).map(({ kind }) => kind)
const confirm = (user: string) =>
  engine.owner`update auth.users set email_confirmed_at = now() where id = ${user}`
const setPassword = (user: string, password: string) =>
  engine.owner`update auth.users set encrypted_password = ${password} where id = ${user}`
const changeAddress = (user: string, email: string) =>
  engine.owner`update auth.users set email = ${email} where id = ${user}`

/** Somebody who has been a customer for a day, with a password and no mail in the outbox. */
async function createCustomer(): Promise<string> {
  const user = await engine.createUser()
  await engine.owner`
    update auth.users set encrypted_password = 'first', email_confirmed_at = now() - interval '1 day'
    where id = ${user}`
  await engine.owner`delete from mails where user_id = ${user}`
  return user
}

test('whoever confirms an address is welcomed once, with the credits that came with it', async () => {
  const user = await engine.createUser()
  expect(await kinds(user)).toEqual([])
  await confirm(user)
  await Promise.all(times(5, () => confirm(user)).map((act) => act()))
  await engine.owner`update auth.users set email_confirmed_at = null where id = ${user}`
  await confirm(user)
  expect([...(await mails(user))]).toEqual([
    { kind: 'welcome', recipient: null, data: { credits: [{ amount: 100, credit_type: 'general' }] } },
  ])
})

test('an account of long ago is not welcomed when its address is confirmed again', async () => {
  const customer = await createCustomer()
  await confirm(customer)
  expect(await kinds(customer)).toEqual([])
})

test('an account that comes confirmed is welcomed as well', async () => {
  const user = crypto.randomUUID()
  await engine.owner`
    insert into auth.users (id, email, email_confirmed_at) values (${user}, ${`${user}@example.com`}, now())`
  expect(await kinds(user)).toEqual(['welcome'])
})

test('every change of a password is told of, the first one after signing up is not', async () => {
  const user = await engine.createUser()
  await confirm(user)
  await setPassword(user, 'chosen at the start')
  expect(await kinds(user)).toEqual(['welcome'])

  const customer = await createCustomer()
  await setPassword(customer, 'second')
  await setPassword(customer, 'second')
  await setPassword(customer, 'third')
  expect(await kinds(customer)).toEqual(['password_changed', 'password_changed'])
})

test('a password given to an account that had none is told of', async () => {
  const customer = await createCustomer()
  await setPassword(customer, '')
  expect(await kinds(customer)).toEqual([])
  await setPassword(customer, 'a new one')
  expect(await kinds(customer)).toEqual(['password_changed'])
})

test('a changed address is told of at both', async () => {
  const customer = await createCustomer()
  const [before, after] = [`${customer}@example.com`, `new-${customer}@example.com`]
  await changeAddress(customer, after)
  await changeAddress(customer, after)
  const claimed = await engine.server<{ kind: string; email: string; data: object }[]>`
    select kind, email, data from claim_mails(1000) where data ->> 'to' = ${after} order by email`
  expect([...claimed]).toMatchObject([
    { kind: 'email_changed', email: before, data: { from: before, to: after } },
    { kind: 'email_changed', email: after },
  ])
})

test('a change that is undone with its transaction is told of to nobody', async () => {
  const customer = await createCustomer()
  await engine.owner
    .begin(async (sql) => {
      await sql`update auth.users set encrypted_password = 'never', email = ${`x-${customer}@example.com`}
        where id = ${customer}`
      throw new Error('undone')
    })
    .catch(() => {})
  expect(await kinds(customer)).toEqual([])
})

test('an address nobody had confirmed hears of nothing', async () => {
  const user = await engine.createUser()
  await changeAddress(user, `other-${user}@example.com`)
  expect(await kinds(user)).toEqual([])
})

test('closing an account sends no mail about the address and the password that go', async () => {
  const customer = await createCustomer()
  await setPassword(customer, 'second')
  const answer = await engine.call('close_account', {
    p_user_id: customer,
    p_confirmation: `${customer}@example.com`,
    p_actor_id: customer,
    p_caller: engine.server.json({ internal: 'test' }),
  })
  expect(answer).toMatchObject({ ok: true })
  expect(await kinds(customer)).toEqual([])
  await setPassword(customer, 'after the end')
  await changeAddress(customer, `back-${customer}@example.com`)
  expect(await kinds(customer)).toEqual([])
})
