import type { PendingQuery, Row, Sql } from 'postgres'
import { ADMIN_ID, ADMIN_SESSION_ID, makeManyUsers } from './many-users.ts'
import { printTable, quantile } from './statistics.ts'
import { startBenchDatabase } from './wallets.ts'

const SIZE = { users: 1_000_000, rowsPerUser: 10, payments: 200_000, runs: 500_000 }
const SAMPLES = 5

/** How long the database takes for what the pages of an admin read, at a million users and ten million ledger rows. */
export async function benchAdmin(): Promise<void> {
  const { sql, stop } = await startBenchDatabase()
  try {
    await makeManyUsers(sql, SIZE)
    console.log(`${JSON.stringify(SIZE)}\n`)
    const rows: string[][] = []
    for (const [name, role, statement] of [...statements(sql), ...business(sql, 'read from the ledger')])
      rows.push([name, ...(await timesOf(sql, role, statement))])
    await sumUpDays(sql)
    for (const [name, role, statement] of business(sql, 'with the sums of days'))
      rows.push([name, ...(await timesOf(sql, role, statement))])
    printTable(['pages of an admin', 'p50 ms', 'slowest ms'], rows)
  } finally {
    await stop()
  }
}

type Statement = PendingQuery<Row[]>
type Role = 'authenticated' | 'service_role'

type Case = [name: string, role: Role, statement: Statement]

function statements(sql: Sql): Case[] {
  const users = (filter: object, sort = 'newest') =>
    sql`select search_users(${JSON.stringify({ credit_type: 'general', ...filter })}::jsonb, ${sort})`
  const trail = (condition: Statement) =>
    sql`select * from audit_trail where created_at > now() - interval '30 days' ${condition}
      order by created_at desc, number desc limit 26`
  const payments = (condition: Statement) =>
    sql`select * from payment_overview where true ${condition} order by created_at desc, id desc limit 26`
  return [
    ['users, newest', 'service_role', users({})],
    ['users by a name nobody has', 'service_role', users({ search: 'nobody-at-all' })],
    ['users by an address', 'service_role', users({ search: 'user777777@' })],
    ['users by a word of 2,000', 'service_role', users({ search: '@example7.' })],
    ['users by id', 'service_role', users({ search: ADMIN_ID })],
    ['users by balance', 'service_role', users({}, 'balance')],
    ['users by what they spent', 'service_role', users({}, 'spent')],
    ['users with at least 990 credits', 'service_role', users({ min_balance: 990 })],
    ['users in debt', 'service_role', users({ in_debt: true })],
    ['banned users', 'service_role', users({ state: 'banned' })],
    ['audit trail', 'authenticated', trail(sql``)],
    ['audit trail of what admins did', 'authenticated', trail(sql`and actor_id is not null`)],
    ['audit trail of tools', 'authenticated', trail(sql`and action like 'tool.%' and source <> 'ledger'`)],
    ['payments', 'authenticated', payments(sql``)],
    [
      'payments by a text nobody has',
      'authenticated',
      payments(sql`and search_text ilike '%nobody-at-all%'`),
    ],
    [
      'payments that were refunded',
      'authenticated',
      payments(sql`and state in ('refunded', 'partly_refunded')`),
    ],
    ['what needs attention', 'service_role', sql`select * from needs_attention('{"expire-credits": 60}')`],
  ]
}

function business(sql: Sql, how: string): Case[] {
  return [30, 365].map((days) => [
    `the business over ${days} days, ${how}`,
    'service_role',
    sql`select * from business_figures(current_date - ${days}::integer, current_date)`,
  ])
}

/** As the daily job has done, by and by. */
async function sumUpDays(sql: Sql): Promise<void> {
  let days: number
  do {
    const [row] = await sql<{ days: number }[]>`select (sum_up_days() ->> 'days')::integer as days`
    days = row?.days ?? 0
  } while (days > 0)
  await sql`analyze credit_days`
}

/** The median and the slowest of some samples, in ms. */
async function timesOf(sql: Sql, role: Role, statement: Statement): Promise<[string, string]> {
  const times: number[] = []
  for (let i = 0; i < SAMPLES; i++) times.push(await timeAs(sql, role, statement))
  return [quantile(times, 0.5).toFixed(1), quantile(times, 1).toFixed(1)]
}

/** Ms, in the database, as the Data API runs it: functions for the server, views for the admin, by row-level security. */
async function timeAs(sql: Sql, role: Role, statement: Statement): Promise<number> {
  const claims = JSON.stringify({ sub: ADMIN_ID, session_id: ADMIN_SESSION_ID, role })
  return await sql.begin(async (transaction) => {
    await transaction`select set_config('role', ${role}, true), set_config('request.jwt.claims', ${claims}, true)`
    const [plan] = await transaction`explain (analyze, timing off, format json) ${statement}`
    return plan?.['QUERY PLAN'][0]['Execution Time']
  })
}
