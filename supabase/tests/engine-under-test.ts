import { randomUUID } from 'node:crypto'
import type { ReservedSql } from 'postgres'
import { HOUR_MS } from '../../lib/time.ts'
import { RATE, type Request } from './engine-requests.ts'

const HALF_HOUR_MS = HOUR_MS / 2
const ADMIN = 'a0000000-0000-4000-8000-000000000001'

/** The records as the model keeps them, and the ids that its numbers stand for. */
type Records = {
  /** Refusals in the audit log. */
  noted: number
  wallets: unknown[]
  ledger: unknown[]
  grants: unknown[]
  holds: unknown[]
  refused: unknown[]
}
type Observation = {
  records: Records
  entryIds: number[]
  chargeIds: number[]
  holdIds: number[]
  rows: Record<string, string>
}

/** The engine in SQL, asked what the model is asked. Call it inside a transaction that is rolled back. */
export async function createEngineUnderTest(sql: ReservedSql) {
  const people = [randomUUID(), randomUUID()].sort()
  const digest = await digestQuery(sql)
  const start = Date.now()
  let waited = 0
  let seen: Observation

  for (const id of people) {
    await sql`insert into auth.users (id, email) values (${id}, ${`${id}@example.com`})`
  }
  seen = await observe()

  async function observe(): Promise<Observation> {
    const beginning = new Date(start - waited)
    const [[records], [rows]] = await Promise.all([
      sql.unsafe<{ records: Records; entry_ids: number[]; charge_ids: number[]; hold_ids: number[] }[]>(
        RECORDS,
        [people, beginning],
      ),
      sql.unsafe<{ rows: Record<string, string> }[]>(digest),
    ])
    if (!records || !rows) throw new Error('The database did not answer.')
    return {
      records: records.records,
      entryIds: records.entry_ids,
      chargeIds: records.charge_ids,
      holdIds: records.hold_ids,
      rows: rows.rows,
    }
  }

  /** Nobody can wait for hours: everything that ends is moved closer instead. */
  async function wait(hours: number): Promise<Record<string, unknown>> {
    waited += hours * HOUR_MS
    await Promise.all(
      ENDS.map(
        ([table, column]) =>
          sql`update ${sql(table)} set ${sql(column)} = ${sql(column)} - make_interval(hours => ${hours})`,
      ),
    )
    return { ok: true }
  }

  async function call(ask: Exclude<Request, { operation: 'wait' }>): Promise<Record<string, unknown>> {
    const { name, args } = toCall(ask)
    const values = Object.entries(args).filter(([, value]) => value !== null)
    const named = values.map(([argument], index) => `p_${argument} => $${index + 1}`)
    const [row] = await sql.unsafe<{ answer: Record<string, unknown> }[]>(
      `select public.${name}(${named.join(', ')}) as answer`,
      values.map(([, value]) => value),
    )
    return row?.answer ?? {}
  }

  function toCall(ask: Exclude<Request, { operation: 'wait' }>): { name: string; args: Args } {
    const until = (hours: number) => new Date(start + hours * HOUR_MS + HALF_HOUR_MS)
    switch (ask.operation) {
      case 'add':
        return {
          name: 'add_credits',
          args: {
            ...wallet(ask),
            amount: ask.amount,
            type: ask.kind,
            expires_at: ask.hours === null ? null : until(ask.hours),
            priority: ask.priority,
          },
        }
      case 'initialize':
        return {
          name: 'initialize_credits',
          args: { user_id: person(ask.user), credit_type: ask.type, initial_amount: ask.amount },
        }
      case 'deduct':
        return {
          name: 'deduct_credits',
          args: { ...wallet(ask), amount: ask.amount, action: ask.action, reference_id: ask.reference },
        }
      case 'adjust':
        return {
          name: 'adjust_credits',
          args: { ...wallet(ask), amount: ask.amount, reason: 'A test', actor_id: ADMIN },
        }
      case 'reserve': {
        const { operation: _, key, user: __, ...asked } = ask
        return {
          name: 'reserve_credits',
          args: {
            ...wallet(ask),
            action: 'run',
            prices: ask.prices,
            caller: { internal: 'test' },
            hold_ms: ask.hours * HOUR_MS + HALF_HOUR_MS,
            required_tier: ask.needsPro ? 'pro' : null,
            rate_requests: ask.limited ? RATE.requests : null,
            rate_seconds: ask.limited ? (RATE.hours * HOUR_MS) / 1000 : null,
            request_hash: key && JSON.stringify(asked),
          },
        }
      }
      case 'settle':
        return {
          name: 'settle_hold',
          args: { transaction_id: nth(seen.holdIds, ask.hold), amount: ask.amount },
        }
      case 'release':
        return { name: 'release_hold', args: { transaction_id: nth(seen.holdIds, ask.hold) } }
      case 'refund':
        return {
          name: 'refund_transaction',
          args: {
            transaction_id: nth(seen.chargeIds, ask.charge),
            amount: ask.amount,
            idempotency_key: ask.key,
          },
        }
      case 'join':
        return {
          name: 'set_membership',
          args: { user_id: person(ask.user), tier: ask.tier, expires_at: until(ask.hours) },
        }
      case 'release expired holds':
        return { name: 'release_expired_holds', args: {} }
      case 'expire grants':
        return { name: 'expire_grants', args: {} }
    }
  }

  const person = (index: number) => people[index] ?? null
  const wallet = (ask: { user: number; type: string; key: string | null }) => ({
    user_id: person(ask.user),
    credit_type: ask.type,
    idempotency_key: ask.key,
  })

  return {
    /** The answer, the records after it, and a digest of every table before and after it. */
    async perform(ask: Request) {
      const before = seen.rows
      // Sent together, and answered in this order.
      const asked = ask.operation === 'wait' ? wait(ask.hours) : call(ask)
      const [answer, observation] = await Promise.all([asked, observe()])
      seen = observation
      return { answer, records: seen.records, entryIds: seen.entryIds, before, after: seen.rows }
    },
  }
}

const ENDS = [
  ['public.credits', 'next_expiry_at'],
  ['public.credit_grants', 'expires_at'],
  ['public.credit_holds', 'expires_at'],
  ['private.rate_limits', 'next_free_at'],
  ['public.profiles', 'membership_expires_at'],
] as const

type Args = Record<string, string | number | Date | Record<string, number | string> | null>

/** The nth of a list, round and round; no id that there is when the list is empty. */
function nth(ids: number[], index: number): number {
  return ids[index % ids.length] ?? -1
}

const COUNTS = ['audit_logs', 'audit_refusals', 'rate_limits']

/** What must not change when the engine refuses: every row of every table, but the audit log and the counts of attempts. */
async function digestQuery(sql: ReservedSql): Promise<string> {
  const tables = await sql<{ name: string }[]>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname in ('public', 'private') and tablename <> all(${COUNTS}) order by 1`
  const hashes = tables.map(
    ({ name }) => `'${name}', (select md5(string_agg(t::text, chr(10) order by t::text)) from ${name} t)`,
  )
  return `select jsonb_build_object(${hashes.join(', ')}) as rows`
}

const RECORDS = `
  with w as (select *, array_position($1::uuid[], user_id) - 1 as person from public.credits),
    t as (select * from public.credit_transactions where user_id = any($1)),
    g as (select * from public.credit_grants where user_id = any($1)),
    h as (select * from public.credit_holds where user_id = any($1)),
    r as (select *, array_position($1::uuid[]::text[], subject) - 1 as person from private.rate_limits where refused > 0)
  select
    coalesce((select jsonb_agg(id order by id) from t), '[]') as entry_ids,
    coalesce((select jsonb_agg(id order by id) from t where type = 'deduction'), '[]') as charge_ids,
    coalesce((select jsonb_agg(transaction_id order by transaction_id) from h), '[]') as hold_ids,
    jsonb_build_object(
      'noted', (select count(*) from public.audit_logs where outcome = 'failure')
        + (select coalesce(sum(repeats), 0) from public.audit_refusals),
      'wallets', (
        select jsonb_agg(jsonb_build_array(person, credit_type, balance, total_purchased::text, total_used::text, version,
          round(extract(epoch from next_expiry_at - $2::timestamptz) / 3600, 1)) order by person, credit_type)
        from w where person is not null
      ),
      'ledger', coalesce((select jsonb_agg(jsonb_build_array(type, amount, balance_after, seq) order by id) from t), '[]'),
      'grants', coalesce((select jsonb_agg(jsonb_build_array(remaining, priority) order by id) from g), '[]'),
      'holds', coalesce(
        (select jsonb_agg(jsonb_build_array(status, amount, settled_amount) order by transaction_id) from h), '[]'),
      'refused', coalesce(
        (select jsonb_agg(jsonb_build_array(person, refused) order by person) from r where person is not null), '[]')
    ) as records`
