import { randomUUID } from 'node:crypto'
import type { Sql } from 'postgres'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type Engine, openEngine } from './engine.ts'

let engine: Engine
let sql: Sql
beforeAll(async () => {
  engine = await openEngine({ connections: 4 })
  sql = engine.owner
})
afterEach(async () => {
  await sql`update credit_types set signup_bonus = case id when 'general' then 100 else 0 end`
  await engine.expectSoundLedger()
})
afterAll(() => engine.close())

/** A row as Auth writes it when somebody signs up. */
async function signUp({ confirmed = false, email = `${randomUUID()}@example.com`, metadata = {} } = {}) {
  const [user] = await sql<{ id: string; email: string }[]>`
    insert into auth.users (id, email, raw_user_meta_data, email_confirmed_at)
    values (${randomUUID()}, ${email}, ${sql.json(metadata)}, ${confirmed ? new Date() : null})
    returning id, email`
  if (!user) throw new Error('Nobody signed up.')
  return user
}

const confirm = (id: string) => sql`update auth.users set email_confirmed_at = now() where id = ${id}`
const profile = async (id: string) => (await sql`select email, name from profiles where id = ${id}`)[0]

test('a new user has a profile and an empty wallet', async () => {
  const { id, email } = await signUp({ metadata: { name: 'Ann' } })
  expect(await profile(id)).toEqual({ email, name: 'Ann' })
  expect(await engine.wallet(id)).toEqual({ balance: 0, total_purchased: 0, total_used: 0, version: 0 })
  expect(await engine.ledger(id)).toEqual([])
})

test('the name may come from a provider, and never fails the sign-up by its length', async () => {
  const { id } = await signUp({ metadata: { full_name: 'x'.repeat(500) } })
  expect(await profile(id)).toMatchObject({ name: 'x'.repeat(120) })
})

test('of what people write about themselves 2 KB are kept, as every token carries it, and never fail a sign-up', async () => {
  const long = 'x'.repeat(9_000)
  const metadata = {
    name: 'Ann',
    note: long,
    ...Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`k${i}`, 'ü'.repeat(9)])),
  }
  const { id } = await signUp({ metadata })
  const read = async () =>
    (
      await sql<{ name: string; note: string | null; bytes: number }[]>`
        select raw_user_meta_data ->> 'name' as name, raw_user_meta_data ->> 'note' as note,
          octet_length(raw_user_meta_data::text) as bytes
        from auth.users where id = ${id}`
    )[0]
  const kept = await read()
  expect(kept).toMatchObject({ name: 'Ann', note: null })
  expect(kept?.bytes).toBeGreaterThan(1_500)
  expect(kept?.bytes).toBeLessThanOrEqual(2_048)
  await sql`update auth.users set raw_user_meta_data = ${sql.json({ name: 'Bea', note: long })} where id = ${id}`
  expect(await read()).toEqual({ name: 'Bea', note: null, bytes: '{"name": "Bea"}'.length })
  await sql`update auth.users set raw_user_meta_data = ${sql.json({ a: [long] })} where id = ${id}`
  expect(await read()).toMatchObject({ bytes: 2 })
})

test('the bonus comes with the confirmation of the address, and not before', async () => {
  const { id } = await signUp()
  expect(await engine.ledger(id)).toEqual([])
  await confirm(id)
  expect(await engine.ledger(id)).toEqual(['signup_bonus 100'])
  expect(await engine.wallet(id)).toMatchObject({ balance: 100, total_purchased: 0 })
})

test('who arrives confirmed, as from a provider, has it at once', async () => {
  const { id } = await signUp({ confirmed: true })
  expect(await engine.ledger(id)).toEqual(['signup_bonus 100'])
})

test('confirming again, by hand, many times or another address, grants nothing more', async () => {
  const { id } = await signUp({ confirmed: true })
  await Promise.all(Array.from({ length: 10 }, () => confirm(id)))
  await sql`update auth.users set email_confirmed_at = null where id = ${id}`
  await sql`update auth.users set email = ${`${randomUUID()}@example.com`} where id = ${id}`
  await confirm(id)
  await engine.call('initialize_credits', { p_user_id: id, p_initial_amount: 100 })
  expect(await engine.ledger(id)).toEqual(['signup_bonus 100'])
})

test('a password from before the address was proved goes with the proof; one that an admin set stays', async () => {
  const passwordOf = async (id: string) =>
    (await sql`select encrypted_password from auth.users where id = ${id}`)[0]?.encrypted_password
  const asked = await signUp()
  await sql`update auth.users set encrypted_password = 'theirs', confirmation_sent_at = now() where id = ${asked.id}`
  await confirm(asked.id)
  expect(await passwordOf(asked.id)).toBe('')
  await sql`update auth.users set encrypted_password = 'chosen' where id = ${asked.id}`
  await confirm(asked.id)
  expect(await passwordOf(asked.id)).toBe('chosen')

  const vouchedFor = await signUp()
  await sql`update auth.users set encrypted_password = 'given' where id = ${vouchedFor.id}`
  await confirm(vouchedFor.id)
  expect(await passwordOf(vouchedFor.id)).toBe('given')
})

test('the terms that the page showed are accepted with the confirmation, and their first time is kept', async () => {
  const { id, email } = await signUp()
  const note = () =>
    engine.call('record_pending_confirmation', {
      ...{ p_email: email.toUpperCase(), p_network: '127.0.0.1', p_terms_version: '2026-11-27' },
    })
  const accepted = async () => [
    ...(await sql`select version, accepted_at from terms_acceptances where user_id = ${id} order by version`),
  ]
  await note()
  expect(await accepted()).toEqual([])
  await confirm(id)
  const [first] = await accepted()
  expect(first).toEqual({ version: '2026-11-27', accepted_at: expect.any(Date) })
  await confirm(id)
  await note()
  await confirm(id)
  expect(await accepted()).toEqual([first])
  await engine.call('accept_terms', { p_user_id: id, p_version: '2027-01-01' })
  expect((await accepted()).map(({ version }) => version)).toEqual(['2026-11-27', '2027-01-01'])
})

test('a bonus that changed between two confirmations is not made up for', async () => {
  const { id } = await signUp({ confirmed: true })
  await sql`update credit_types set signup_bonus = 500 where id = 'general'`
  await confirm(id)
  expect(await engine.ledger(id)).toEqual(['signup_bonus 100'])
})

test('each credit type has a bonus of its own, and 0 means none', async () => {
  await sql`insert into credit_types (id, name, signup_bonus) values ('calling', 'Calls', 7)`
  await sql`update credit_types set signup_bonus = 0 where id = 'general'`
  const { id } = await signUp({ confirmed: true })
  const wallets =
    await sql`select credit_type, balance::int from credits where user_id = ${id} order by credit_type`
  expect([...wallets]).toEqual([
    { credit_type: 'calling', balance: 7 },
    { credit_type: 'general', balance: 0 },
  ])
})

test('a changed address is the profile’s as well', async () => {
  const { id } = await signUp({ confirmed: true })
  await sql`update auth.users set email = 'ann@new.example' where id = ${id}`
  expect(await profile(id)).toMatchObject({ email: 'ann@new.example' })
})

test('who never had a credit can be deleted, and leaves nothing behind', async () => {
  const { id } = await signUp()
  await sql`delete from auth.users where id = ${id}`
  expect(await profile(id)).toBeUndefined()
  expect(await sql`select from credits where user_id = ${id}`).toHaveLength(0)
})

test('who has a ledger, or a payment, cannot be deleted', async () => {
  const withLedger = await signUp({ confirmed: true })
  const withPayment = await signUp()
  await engine.call('record_checkout', {
    p_user_id: withPayment.id,
    p_package_id: 'pro',
    p_checkout_session_id: 'cks_of_a_user_to_be_deleted',
    p_provider: 'dodopayments',
  })
  for (const { id, email } of [withLedger, withPayment]) {
    await expect(sql`delete from auth.users where id = ${id}`).rejects.toMatchObject({
      code: expect.stringMatching(/^(23001|23503)$/),
    })
    expect(await profile(id)).toMatchObject({ email })
  }
  expect(await engine.ledger(withLedger.id)).toEqual(['signup_bonus 100'])
})
