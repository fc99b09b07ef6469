import type { Sql } from 'postgres'

/** The user of number `i` of a statement. */
const USER = `('20000000-0000-4000-8000-' || lpad((i)::text, 12, '0'))::uuid`

export type Size = { users: number; rowsPerUser: number; payments: number; runs: number }

/** An admin with a session that goes on. */
export const ADMIN_ID = '20000000-0000-4000-8000-000000000001'
export const ADMIN_SESSION_ID = '30000000-0000-4000-8000-000000000001'

/**
 * Users who signed up over three years, each with a wallet and a ledger of charges after its purchase, payments and
 * runs of the last ones. Written past the engine, as a superuser, for speed.
 */
export async function makeManyUsers(sql: Sql, { users, rowsPerUser, payments, runs }: Size): Promise<void> {
  const user = sql.unsafe(USER)
  // Spread over three years, the newest last.
  const signedUp = sql`now() - (${users} - i) * interval '3 years' / ${users}`
  const given = 1_000
  await sql.begin(async (transaction) => {
    await transaction`set local session_replication_role = replica`
    await transaction`
      insert into auth.users (id, email, created_at, last_sign_in_at)
      select ${user}, 'user' || i || '@example' || i % 500 || '.test', ${signedUp}, now()
      from generate_series(1, ${users}) i`
    await transaction`
      insert into profiles (id, email, name, created_at)
      select ${user}, 'user' || i || '@example' || i % 500 || '.test',
        (array['Ada', 'Grace', 'Alan', 'Edsger', 'Barbara'])[1 + i % 5] || ' ' || md5(i::text), ${signedUp}
      from generate_series(1, ${users}) i`
    await transaction`
      insert into credits (user_id, credit_type, balance, total_purchased, total_used, version, created_at)
      select ${user}, 'general', ${given - rowsPerUser + 1}, ${given}, ${rowsPerUser - 1}, ${rowsPerUser}, ${signedUp}
      from generate_series(1, ${users}) i`
    // In the order of time, as a ledger is written.
    await transaction`
      insert into credit_transactions
        (user_id, credit_type, seq, type, amount, balance_before, balance_after, action, created_at)
      select ${user}, 'general', s, kind.type, kind.amount, kind.after - kind.amount, kind.after, 'bench',
        greatest(${signedUp}, now() - (${rowsPerUser} - s) * interval '30 days') + i % 86400 * interval '1 second'
          - interval '1 day'
      from generate_series(1, ${rowsPerUser}) s, generate_series(1, ${users}) i,
        lateral (select
          case when s = 1 then 'purchase' else 'deduction' end as type,
          case when s = 1 then ${given} else -1 end as amount,
          ${given} - s + 1 as after) kind`
    await transaction`insert into credit_packages (id, name, credits, price) values ('bench', 'Bench', ${given}, 900)`
    await transaction`
      insert into payments
        (user_id, package_id, credit_type, credits, amount, currency, provider, checkout_session_id, provider_payment_id,
          status, charged_amount, charged_currency, charged_at, paid_at, created_at, transaction_id)
      select ${user}, 'bench', 'general', ${given}, 900, 'USD', 'dodopayments', 'cks_' || i, 'pay_' || i, 'succeeded', 900,
        'USD', ${signedUp}, ${signedUp}, ${signedUp}, i
      from generate_series(${users - payments + 1}::bigint, ${users}) i`
    await transaction`
      insert into runs (user_id, credit_type, tool, status, charged, created_at, finished_at, purge_at)
      select ${user}, 'general', 'bench', 'succeeded', 1, ${signedUp}, ${signedUp}, ${signedUp}
      from generate_series(${users - runs + 1}::bigint, ${users}) i`
    await transaction`insert into user_roles (user_id, role) values (${ADMIN_ID}, 'admin')`
    await transaction`insert into auth.sessions (id, user_id) values (${ADMIN_SESSION_ID}, ${ADMIN_ID})`
  })
  await sql`vacuum analyze`
}
