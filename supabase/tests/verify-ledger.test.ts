import postgres, { type Sql, type TransactionSql } from 'postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Engine, openEngine } from './engine.ts'
import { mixLedger } from './ledger-mix.ts'

type Violation = { invariant: string; user_id: string; transaction_id: string | null; detail: string }
type Accident = (sql: TransactionSql) => Promise<unknown>

let engine: Engine
let superuser: Sql
let userId: string
/** The transactions of the mix, by what they are. */
let entries: Awaited<ReturnType<typeof mixLedger>>

beforeAll(async () => {
  engine = await openEngine({ connections: 4 })
  superuser = postgres(engine.database.adminUrl, { max: 1, onnotice: () => {} })
  userId = await engine.createUser()
  entries = await mixLedger(engine, userId)
})
afterAll(async () => {
  await superuser.end()
  await engine.close()
})

/** What verify_ledger says after an accident that no trigger and no constraint kept from happening. It is undone. */
async function violationsAfter(accident: Accident): Promise<Violation[]> {
  const undone = new Error('undone')
  let violations: Violation[] = []
  await superuser
    .begin(async (sql) => {
      await sql`alter table credit_transactions drop constraint credit_transactions_entry_is_valid`
      await sql`alter table credit_transactions drop constraint credit_transactions_key_is_used_once`
      await sql`alter table subscription_periods drop constraint subscription_periods_do_not_overlap`
      await sql`alter table subscription_periods drop constraint subscription_periods_charge_pays_once`
      await sql`set local session_replication_role = replica`
      await accident(sql)
      violations = [
        ...(await sql<Violation[]>`select invariant, user_id, transaction_id, detail from verify_ledger()`),
      ]
      throw undone
    })
    .catch((error) => {
      if (error !== undone) throw error
    })
  return violations
}

const onWallet =
  (change: string): Accident =>
  (sql) =>
    sql.unsafe(`update credits set ${change} where user_id = $1`, [userId])

type Entry = keyof typeof entries
const onEntry =
  (entry: Entry, change: string): Accident =>
  (sql) =>
    sql.unsafe(`update credit_transactions set ${change} where id = $1`, [entries[entry]])
const onHold =
  (entry: Entry, change: string): Accident =>
  (sql) =>
    sql.unsafe(`update credit_holds set ${change} where transaction_id = $1`, [entries[entry]])

const ACCIDENTS: [invariant: string, what: string, Accident, at?: Entry][] = [
  ['balance_is_sum_of_ledger', 'a balance edited by hand', onWallet('balance = balance + 1')],
  ['version_is_last_seq', 'a version that ran ahead', onWallet('version = version + 1')],
  ['totals_match_ledger', 'a forgotten use', onWallet('total_used = total_used - 1')],
  ['totals_match_ledger', 'a purchase that was not', onWallet('total_purchased = total_purchased + 1')],
  ['row_adds_up', 'a row with a wrong end', onEntry('last', 'balance_after = balance_after + 1'), 'last'],
  [
    'row_starts_where_last_ended',
    'a row moved up',
    onEntry('last', 'balance_before = balance_before + 1, balance_after = balance_after + 1'),
    'last',
  ],
  [
    'seq_is_gapless',
    'a row that vanished before the last',
    async (sql) => {
      await onEntry('last', 'seq = seq + 1')(sql)
      await onWallet('version = version + 1')(sql)
    },
    'last',
  ],
  [
    'grants_within_balance',
    'an expiring grant larger than the balance',
    (sql) => sql`update credit_grants set amount = 10000, remaining = 10000`,
  ],
  ['next_expiry_is_of_first_grant', 'an expiry nobody would notice', onWallet('next_expiry_at = null')],
  [
    'refunds_within_charge',
    'a refund of 3 for a charge of 2',
    (sql) => onEntry('refund', `reverses = ${entries.charge}`)(sql),
    'charge',
  ],
  [
    'hold_matches_charge',
    'an open hold of more than was taken',
    onHold('open', 'amount = amount + 1'),
    'open',
  ],
  [
    'hold_matches_charge and run_matches_holds',
    'a hold released without giving anything back',
    onHold('open', `status = 'released', finished_at = now()`),
    'open',
  ],
  [
    'hold_matches_charge and run_matches_holds',
    'a run that kept more than it cost',
    onHold('settled', 'settled_amount = 1'),
    'settled',
  ],
  [
    'run_matches_holds',
    'a run that says it ended while it holds credits',
    (sql) =>
      sql`update runs set status = 'failed', finished_at = now(), purge_at = now()
        where id = (select run_id from credit_holds where transaction_id = ${entries.open})`,
    'open',
  ],
  ['key_is_used_once', 'a key used by two charges', onEntry('last', `idempotency_key = 'charge'`), 'last'],
  [
    'payment_grants_once',
    'a payment whose grant is another’s',
    (sql) => sql`update payments set provider_payment_id = 'pay_other' where provider_payment_id = 'pay_mix'`,
    'purchase',
  ],
  [
    'clawback_matches_money',
    'a refund that failed although its credits were taken back',
    (sql) => sql`update payment_refunds set status = 'failed'`,
    'purchase',
  ],
  [
    'periods_do_not_overlap',
    'a period that begins within the one before',
    (sql) =>
      sql`update subscription_periods set period_start = '2026-01-31' where period_start = '2026-02-01'`,
    'renewal',
  ],
  [
    'charge_pays_once',
    'a charge that paid for two periods',
    (sql) => sql`
      update subscription_periods set payment_id = (select id from payments where provider_payment_id = 'pay_month')`,
    'renewal',
  ],
  [
    'one_live_subscription',
    'a second plan beside a live one',
    (sql) => sql`
      insert into subscriptions (user_id, provider, provider_subscription_id, package_id, status)
      values (${userId}, 'dodopayments', 'sub_second', 'pro-monthly', 'active')`,
  ],
  ['debt_matches_ledger and debt_is_repaid_first', 'a debt from nowhere', onWallet('debt = 1')],
]

test('a ledger with one of everything in it breaks nothing, as a whole and alone', async () => {
  await engine.expectSoundLedger()
  expect(await engine.owner`select * from verify_ledger(${userId})`).toHaveLength(0)
})

describe('names what an accident broke, and where', () => {
  test.each(ACCIDENTS)('%s: %s', async (invariant, _what, accident, at) => {
    const violations = await violationsAfter(accident)
    expect(violations).toEqual(
      invariant.split(' and ').map((broken) => ({
        invariant: broken,
        user_id: userId,
        transaction_id: at ? String(entries[at]) : null,
        detail: expect.stringMatching(/\d/),
      })),
    )
  })

  test('a total without any ledger', async () => {
    const stranger = await engine.createUser()
    const accident: Accident = (sql) =>
      sql`update credits set total_purchased = 5 where user_id = ${stranger}`
    expect(await violationsAfter(accident)).toMatchObject([
      { invariant: 'totals_match_ledger', user_id: stranger },
    ])
  })

  test('a payment that was granted twice', async () => {
    const accident: Accident = (sql) => sql`
      select add_credits(${userId}, 500, p_reference_id => 'pay_mix', p_reference_type => 'payment')`
    expect(await violationsAfter(accident)).toMatchObject([
      { invariant: 'payment_grants_once', user_id: userId },
    ])
  })

  test('a grant of a subscription for no period', async () => {
    const accident: Accident = (sql) => sql`
      select add_credits(
        ${userId}, 5, p_type => 'subscription_grant', p_reference_id => 'sub_none', p_reference_type => 'subscription'
      )`
    expect(await violationsAfter(accident)).toMatchObject([
      { invariant: 'period_grants_once', user_id: userId },
    ])
  })

  test('every invariant it knows is among these', async () => {
    const rows = await engine.owner<
      { source: string }[]
    >`select prosrc as source from pg_proc where proname in ('verify_ledger', 'verify_money', 'verify_subscriptions')`
    const known = rows.flatMap(({ source }) =>
      [...source.matchAll(/select '(\w+)',/g)].map(([, name]) => name),
    )
    const shown = ACCIDENTS.flatMap(([invariant]) => invariant.split(' and '))
    expect(new Set(known)).toEqual(new Set([...shown, 'period_grants_once']))
  })
})
