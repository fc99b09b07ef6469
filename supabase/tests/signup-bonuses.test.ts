import { randomUUID } from 'node:crypto'
import type { Sql } from 'postgres'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type Engine, openEngine } from './engine.ts'

const BONUS = ['signup_bonus 100']

let engine: Engine
let sql: Sql
beforeAll(async () => {
  engine = await openEngine({ connections: 2 })
  sql = engine.owner
})
afterEach(() => engine.expectSoundLedger())
afterAll(() => engine.close())

let people = 0
const newAddress = () => `person-${++people}@example.com`

/** Somebody signs up, and Auth mails a link. */
async function signUp(email = newAddress()): Promise<{ id: string; email: string }> {
  const id = randomUUID()
  await sql`insert into auth.users (id, email, confirmation_sent_at) values (${id}, ${email}, now())`
  return { id, email }
}

/** The link is redeemed: by the app, which knows from where, or past it. */
async function confirm({ id, email }: { id: string; email: string }, network?: string): Promise<string[]> {
  if (network) await engine.call('record_pending_confirmation', { p_email: email, p_network: network })
  await sql`update auth.users set email_confirmed_at = now() where id = ${id}`
  return await engine.ledger(id)
}

const bonusesFrom = async (network: string, count: number) => {
  const ledgers: string[][] = []
  for (let index = 0; index < count; index++) ledgers.push(await confirm(await signUp(), network))
  return ledgers.filter((ledger) => ledger.length > 0).length
}

test.each([
  ['another plus tag', 'ada+1@example.com', 'ada+two@example.com'],
  ['another case', 'Grace@Example.com', 'grace@example.com'],
  ['dots that Gmail ignores', 'a.lan@gmail.com', 'alan@googlemail.com'],
])('%s is the same mailbox, which has its bonus once', async (_what, first, second) => {
  expect(await confirm(await signUp(first))).toEqual(BONUS)
  expect(await confirm(await signUp(second))).toEqual([])
})

test('dots elsewhere tell people apart, and so does the name before a lone plus sign', async () => {
  for (const email of ['ann.b@example.org', 'annb@example.org', '+x@example.org', '+y@example.org']) {
    expect(await confirm(await signUp(email)), email).toEqual(BONUS)
  }
})

test('a mailbox whose account is gone has no second bonus', async () => {
  await sql`update credit_types set signup_bonus = 0`
  const { id, email } = await signUp()
  await confirm({ id, email })
  await sql`delete from credits where user_id = ${id}`
  await sql`delete from auth.users where id = ${id}`
  await sql`update credit_types set signup_bonus = 100 where id = 'general'`
  expect(await confirm(await signUp(email))).toEqual([])
})

test('one network has five bonuses a day; the next is held, and the day after brings more', async () => {
  expect(await bonusesFrom('203.0.113.7', 7)).toBe(5)
  expect(await bonusesFrom('203.0.113.8', 1)).toBe(1)
  expect(await bonusesFrom('2001:db8:1:2::/64', 6)).toBe(5)
  await sql`update signup_bonuses set created_at = created_at - interval '1 day' where client_network = '203.0.113.7'`
  expect(await bonusesFrom('203.0.113.7', 1)).toBe(1)
})

test('a network of our own says nothing about who is behind it', async () => {
  expect(await bonusesFrom('127.0.0.1', 7)).toBe(7)
  expect(await bonusesFrom('10.1.2.3', 7)).toBe(7)
  expect(await bonusesFrom('0:0:0:0::/64', 7)).toBe(7)
})

test('those who confirm past the app share one allowance, however they do it', async () => {
  await sql`delete from signup_bonuses`
  for (let index = 0; index < 20; index++) expect(await confirm(await signUp())).toEqual(BONUS)
  expect(await confirm(await signUp())).toEqual([])
  expect(await confirm(await signUp(), 'unknown')).toEqual([])
})

test('who comes by a provider, or by an admin, is not counted', async () => {
  for (let index = 0; index < 25; index++) {
    const id = randomUUID()
    await sql`insert into auth.users (id, email, email_confirmed_at) values (${id}, ${newAddress()}, now())`
    expect(await engine.ledger(id)).toEqual(BONUS)
  }
})

test('a held bonus is released by an admin, once, and leaves a row in the audit log', async () => {
  const network = '198.51.100.1'
  await bonusesFrom(network, 5)
  const held = await signUp()
  expect(await confirm(held, network)).toEqual([])
  const actor = await signUp()
  const release = () => engine.call('release_signup_bonus', { p_user_id: held.id, p_actor_id: actor.id })
  expect(await release()).toMatchObject({ ok: false, code: 'forbidden' })
  await sql`insert into user_roles (user_id, role) values (${actor.id}, 'admin')`
  const outcomes = await Promise.all([release(), release()])
  expect(outcomes.map(({ ok, code }) => code ?? ok).sort()).toEqual(['bonus_not_held', true])
  expect(await engine.ledger(held.id)).toEqual(BONUS)
  const audit = await sql`
    select outcome, actor_id from audit_logs where target_user_id = ${held.id} and reason = 'Sign-up bonus released'`
  expect([...audit]).toEqual([{ outcome: 'success', actor_id: actor.id }])
})
