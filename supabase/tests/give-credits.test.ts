import { createClient } from '@supabase/supabase-js'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '../../lib/supabase/database.types.ts'
import { giveCredits } from '../../scripts/give-credits/give-credits.ts'
import { openApp } from './app.ts'
import type { Engine } from './engine.ts'

const BORDER = '2026-06-01T00:00:00Z'

let app: Engine
beforeAll(async () => {
  app = await openApp()
  // An app that has had users for long: none of the triggers of this schema saw them sign up.
  const admin = postgres(app.database.adminUrl, { max: 1, onnotice: () => {} })
  await admin`set session_replication_role = replica`
  await admin`
    insert into auth.users (id, email, raw_user_meta_data, created_at)
    select gen_random_uuid(), 'old' || i || '@example.com', '{"name": "Old User"}', '2026-01-01'
    from generate_series(1, 450) i`
  await admin`
    insert into auth.users (id, email, created_at)
    values (gen_random_uuid(), 'new@example.com', '2026-07-01')`
  await admin.end()
})
afterAll(() => app.close())

function give(order: { amount?: number; key?: string; creditType?: string } = {}) {
  const { NEXT_PUBLIC_SUPABASE_URL = '', SUPABASE_SECRET_KEY = '' } = process.env
  const supabase = createClient<Database>(NEXT_PUBLIC_SUPABASE_URL, SUPABASE_SECRET_KEY)
  return giveCredits(supabase, { amount: 100, key: 'launch', createdBefore: BORDER, ...order })
}
const balances = async () =>
  (
    await app.owner<{ balance: number; users: number }[]>`
      select coalesce(c.balance, 0)::int as balance, count(*)::int as users
      from auth.users u left join credits c on c.user_id = u.id and c.credit_type = 'general'
      where u.email like 'old%' or u.email = 'new@example.com'
      group by 1 order by 1`
  ).map((row) => [row.balance, row.users])

test('everybody who was there before gets them once, also when it runs again or twice at once', async () => {
  const runs = await Promise.all([give(), give()])
  expect(runs.reduce((sum, { given }) => sum + given, 0)).toBe(450)
  expect(await give({ amount: 500 })).toEqual({ given: 0, refused: 0 })
  // Who signed up after the border has no part in it.
  expect(await balances()).toEqual([
    [0, 1],
    [100, 450],
  ])
  const [old] = await app.owner<{ id: string; name: string }[]>`
    select id, name from profiles where email = 'old7@example.com'`
  expect(old?.name).toBe('Old User')
  expect(await app.ledger(old?.id ?? '')).toEqual(['promotion 100'])
  await app.expectSoundLedger()
})

test('another key gives again', async () => {
  expect(await give({ amount: 5, key: 'sorry' })).toEqual({ given: 450, refused: 0 })
  expect(await balances()).toEqual([
    [0, 1],
    [105, 450],
  ])
})

test('what makes no sense is refused with a sentence, and gives nobody anything', async () => {
  await expect(give({ amount: 0, key: 'none' })).rejects.toThrow('positive whole number')
  await expect(give({ key: 'No Key!' })).rejects.toThrow('small letters')
  await expect(give({ key: 'gold', creditType: 'gold' })).rejects.toThrow('no such credit type')
  expect(await balances()).toEqual([
    [0, 1],
    [105, 450],
  ])
})
