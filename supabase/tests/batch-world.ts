import { randomUUID } from 'node:crypto'
import type { Sql } from 'postgres'
import type { Random } from '../../scripts/random.ts'
import type { Engine, EngineResult } from './engine.ts'

/** One entry of a batch, its user by index; the last user there is does not exist. */
export type Entry = Record<string, unknown> & { user: number }
export type Batch = { name: 'deduct' | 'add'; entries: Entry[] }

const USERS = 3
const TYPES = ['general', 'general', 'minutes', 'nothing'] as const

/** People, by index, and somebody who does not exist. */
export type People = string[]

export async function createPeople(engine: Engine): Promise<People> {
  const people = await Promise.all(Array.from({ length: USERS }, () => engine.createUser({ balance: 60 })))
  return [...people, randomUUID()]
}

/** Some entries come again, of this batch or of an earlier one. */
export function planBatch(random: Random, earlier: readonly Batch[]): Batch {
  const name = random.pick(['deduct', 'deduct', 'add'] as const)
  const sent = earlier.filter((batch) => batch.name === name).flatMap(({ entries }) => entries)
  const entries: Entry[] = []
  for (let left = random.between(0, 24); left > 0; left--) {
    const known = [...sent, ...entries]
    const isRepeat = known.length > 0 && random.chance(0.2)
    entries.push(isRepeat ? random.pick(known) : planEntry(random, name))
  }
  return { name, entries }
}

function planEntry(random: Random, name: Batch['name']): Entry {
  const odd = random.chance(0.08)
  return {
    user: random.chance(0.04) ? USERS : random.pick([0, 0, 0, 1, 2]),
    amount: odd
      ? random.pick([0, -1, 500, Number.MAX_SAFE_INTEGER])
      : random.between(1, name === 'add' ? 60 : 8),
    ...(random.chance(0.8) && { credit_type: random.pick(TYPES) }),
    ...(random.chance(0.5) && { idempotency_key: `${random.between(1, 60)}` }),
    ...(random.chance(0.1) && { request_hash: random.pick(['one', 'two']) }),
    ...(random.chance(0.5) && { action: random.pick(['x', 'y']) }),
    ...(random.chance(0.3) && { description: 'what it was' }),
    ...(random.chance(0.3) && { reference_id: 'r1', reference_type: 'order' }),
    ...(random.chance(0.3) && { metadata: { by: 'meter' } }),
    ...(name === 'add' && planAddition(random)),
  }
}

function planAddition(random: Random) {
  const types = ['purchase', 'subscription_grant', 'signup_bonus', 'promotion']
  return {
    ...(random.chance(0.7) && { type: random.chance(0.05) ? 'nonsense' : random.pick(types) }),
    ...(random.chance(0.5) && { expires_at: random.chance(0.1) ? '2020-01-01T00:00:00Z' : inDays(random) }),
    ...(random.chance(0.4) && { priority: random.between(0, 2) }),
  }
}

const inDays = (random: Random) => `2090-01-0${random.between(1, 9)}T00:00:00Z`

/** What happens to wallets between two batches: it makes grants due, debts, holds and thresholds. */
export async function disturb(engine: Engine, random: Random, teams: readonly People[]): Promise<void> {
  const user = random.between(0, USERS - 1)
  const dice = random.between(1, 8)
  const amount = random.between(1, 30)
  for (const people of teams) {
    const id = people[user] ?? ''
    if (dice === 1) await letGrantsFallDue(engine.owner, id)
    if (dice === 2) {
      const { balance } = await engine.wallet(id)
      await engine.call('deduct_credits', { p_user_id: id, p_amount: balance })
      await engine.owner`update credits set debt = ${amount} where user_id = ${id} and balance = 0`
    }
    if (dice === 3) {
      await engine.call('set_low_balance_thresholds', { p_user_id: id, p_thresholds: [amount, 5, 2] })
    }
    if (dice === 4) {
      const caller = { internal: 'test' }
      const run = { p_action: 'run', p_prices: { default: 2 }, p_hold_ms: 60_000, p_caller: caller }
      await engine.call('reserve_credits', { p_user_id: id, ...run })
    }
    if (dice === 5)
      await engine.owner`update mails set status = 'sent', sent_at = now() where user_id = ${id}`
  }
}

/** Nobody can wait for years: the first grant to expire is due from now on. */
async function letGrantsFallDue(sql: Sql, userId: string): Promise<void> {
  await sql`
    update credit_grants set expires_at = expires_at - interval '80 years'
    where user_id = ${userId} and remaining > 0 and expires_at = (
      select min(expires_at) from credit_grants where user_id = ${userId} and remaining > 0 and expires_at > now()
    )`
  await sql`
    update credits set next_expiry_at = private.next_expiry(user_id, credit_type)
    where user_id = ${userId} and next_expiry_at is not null`
}

/** Sends the entries one after the other. */
export async function sendOneByOne(
  engine: Engine,
  people: People,
  { name, entries }: Batch,
): Promise<EngineResult[]> {
  const answers: EngineResult[] = []
  for (const { user, ...entry } of entries) {
    const args = Object.entries({ user_id: people[user], ...entry }).map(([key, value]) => [
      `p_${key}`,
      value,
    ])
    answers.push(await engine.call(`${name}_credits`, Object.fromEntries(args)))
  }
  return answers
}

/** Sends the entries as one batch. */
export async function sendTogether(
  engine: Engine,
  people: People,
  { name, entries }: Batch,
): Promise<EngineResult[]> {
  const sent = entries.map(({ user, ...entry }) => ({ user_id: people[user], ...entry }))
  const answer: EngineResult & { results?: EngineResult[] } = await engine.call(`${name}_many`, {
    p_entries: sent,
  })
  if (!answer.results) throw new Error(`${name}_many answered ${JSON.stringify(answer)}.`)
  return answer.results
}

/** Everything the engine has written about people, with places for ids and without the time of day. */
export async function readRecords(sql: Sql, people: People) {
  const [row] = await sql<{ records: Record<string, unknown> }[]>`
    with entry as (
      select t.*, array_position(${people}::uuid[], user_id) as who,
        row_number() over (partition by user_id, credit_type order by id) as place
      from credit_transactions t where user_id = any(${people}::uuid[])
    ),
    held as (
      select g.*, array_position(${people}::uuid[], user_id) as who,
        row_number() over (partition by user_id, credit_type order by transaction_id) as place
      from credit_grants g where user_id = any(${people}::uuid[])
    )
    select jsonb_build_object(
      'wallets', (
        select jsonb_agg((to_jsonb(c) - array['user_id', 'created_at', 'updated_at'])
          || jsonb_build_object('who', array_position(${people}::uuid[], user_id)) order by credit_type,
          array_position(${people}::uuid[], user_id))
        from credits c where user_id = any(${people}::uuid[])
      ),
      'ledger', (
        select jsonb_agg((to_jsonb(e) - array['id', 'user_id', 'created_at', 'burned_grants', 'reference_id'])
          || jsonb_build_object(
            'reference', case when reference_type = 'grant' then
              (select place::text from held where id::text = e.reference_id) else reference_id end,
            'burned', (
              select jsonb_agg(jsonb_build_array(h.place, b -> 'amount') order by position)
              from jsonb_array_elements(e.burned_grants) with ordinality as burns (b, position)
              join held h on h.id = (b ->> 'grant')::bigint
            ),
            'burned_none', e.burned_grants is null
          ) order by who, credit_type, seq)
        from entry e
      ),
      'grants', (
        select jsonb_agg((to_jsonb(h) - array['id', 'user_id', 'created_at', 'transaction_id'])
          || jsonb_build_object('entry', (select seq from entry where id = h.transaction_id))
          order by who, credit_type, place)
        from held h
      ),
      'mails', (
        select jsonb_agg(jsonb_build_array(array_position(${people}::uuid[], user_id), kind, data, status,
          replace(business_key, user_id::text, ''))
          order by array_position(${people}::uuid[], user_id), id)
        from mails where user_id = any(${people}::uuid[]) and kind = 'low_balance'
      ),
      'refused', (
        select jsonb_agg(jsonb_build_array(array_position(${people}::uuid[], target_user_id), action, code, reason,
          repeats) order by array_position(${people}::uuid[], target_user_id), action, code)
        from audit_refusals where target_user_id = any(${people}::uuid[])
      ),
      'audited', (
        select jsonb_agg(jsonb_build_array(array_position(${people}::uuid[], target_user_id), action, reason, details)
          order by array_position(${people}::uuid[], target_user_id), action, reason)
        from audit_logs where target_user_id = any(${people}::uuid[]) and outcome = 'failure'
      )
    ) as records`
  return row?.records
}

/** Answers with the place of a ledger row in its wallet for its id. */
export async function withPlaces(sql: Sql, answers: EngineResult[]) {
  const ids = answers.flatMap(({ transaction_id: id }) => (id === undefined ? [] : [id]))
  const rows = await sql<{ id: string; place: string }[]>`
    select id, credit_type || ' ' || seq as place from credit_transactions where id = any(${ids}::bigint[])`
  const places = new Map(rows.map(({ id, place }) => [Number(id), place]))
  return answers.map(({ transaction_id: id, ...answer }) => ({
    ...answer,
    ...(id !== undefined && { row: places.get(id) }),
  }))
}
