import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Engine, openEngine } from './engine.ts'

let engine: Engine
beforeAll(async () => {
  engine = await openEngine({ connections: 2 })
})
afterAll(() => engine.close())

/** How the database would answer an admin who reads through the Data API. */
async function planForAdmin(query: string, settings: Record<string, string> = {}): Promise<string> {
  const [admin] = await engine.owner<{ user_id: string }[]>`select user_id from user_roles`
  const claims = {
    sub: admin?.user_id,
    role: 'authenticated',
    session_id: await engine.signIn(admin?.user_id ?? ''),
  }
  const given = { role: 'authenticated', 'request.jwt.claims': JSON.stringify(claims), ...settings }
  const plan = await engine.owner.begin(async (sql) => {
    for (const [name, value] of Object.entries(given)) await sql`select set_config(${name}, ${value}, true)`
    return sql.unsafe(`explain ${query}`)
  })
  return plan.map((row) => row['QUERY PLAN']).join('\n')
}

test('the newest users are read from an index, however many there are', async () => {
  await engine.owner`
    insert into auth.users (id, email)
    select gen_random_uuid(), i || '@example.com' from generate_series(1, 5000) i`
  await engine.owner`analyze profiles`
  const plan = await planForAdmin('select id, email, name from profiles order by created_at desc limit 25')
  expect(plan).toContain('profiles_created_at_idx')
  expect(plan).not.toContain('Sort')
})

/** The newest of the audit trail, as if its tables were long. */
function planTrail(condition: string): Promise<string> {
  return planForAdmin(
    `select * from audit_trail where created_at > now() - interval '30 days' ${condition}
    order by created_at desc, number desc limit 26`,
    { enable_seqscan: 'off', enable_bitmapscan: 'off' },
  )
}

test('the newest of the audit trail are merged from the indexes of its parts', async () => {
  const plan = await planTrail('')
  expect(plan).toContain('Merge Append')
  expect(plan).toContain('Index Scan Backward using credit_transactions_newest_idx')
  expect(plan).toContain('Index Scan Backward using audit_logs_newest_idx')
})

test.each([
  ['failures', `and outcome = 'failure'`],
  ['what admins did', 'and actor_id is not null'],
  ['what is not about credits', `and action like 'tool.%' and source <> 'ledger'`],
])('the audit trail of %s leaves the ledger alone', async (_, condition) => {
  expect(await planTrail(condition)).not.toContain('credit_transactions')
})
