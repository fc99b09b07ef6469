import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Engine, openEngine } from './engine.ts'

let engine: Engine
beforeAll(async () => {
  engine = await openEngine({ connections: 2 })
})
afterAll(() => engine.close())

test('the newest users are read from an index, however many there are', async () => {
  await engine.owner`
    insert into auth.users (id, email)
    select gen_random_uuid(), i || '@example.com' from generate_series(1, 5000) i`
  await engine.owner`analyze profiles`
  const [admin] = await engine.owner<{ user_id: string }[]>`select user_id from user_roles`
  const claims = {
    sub: admin?.user_id,
    role: 'authenticated',
    session_id: await engine.signIn(admin?.user_id ?? ''),
  }
  const plan = await engine.owner.begin(async (sql) => {
    await sql`
      select set_config('role', 'authenticated', true),
        set_config('request.jwt.claims', ${JSON.stringify(claims)}, true)`
    return sql`explain select id, email, name from profiles order by created_at desc limit 25`
  })
  const text = JSON.stringify(plan)
  expect(text).toContain('profiles_created_at_idx')
  expect(text).not.toContain('Sort')
})
