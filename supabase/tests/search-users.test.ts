import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Engine, openEngine } from './engine.ts'

type Found = {
  users: { id: string; email: string; key: string; wallets: { balance: number }[] }[]
  total: number
  skipped: number
}
type Position = { p_sort?: string; p_key?: string; p_id?: string; p_backwards?: boolean; p_limit?: number }

let engine: Engine
beforeAll(async () => {
  engine = await openEngine({ connections: 4 })
})
afterAll(() => engine.close())

async function search(filter: object, position: Position = {}): Promise<Found> {
  const { p_sort = 'newest', p_key = null, p_id = null, p_backwards = false, p_limit = 25 } = position
  const [row] = await engine.server<{ found: Found }[]>`
    select search_users(
      ${engine.server.json({ credit_type: 'general', ...filter })}, ${p_sort}, ${p_key}, ${p_id}, ${p_backwards}, ${p_limit}
    ) as found`
  if (!row) throw new Error('Nothing was answered.')
  return row.found
}
const idsOf = ({ users }: Found) => users.map(({ id }) => id)

test('somebody is found by a part of the name or the address, and by the id', async () => {
  const id = await engine.createUser()
  await engine.owner`update profiles set name = 'Grace 100% Hopper', email = 'g_race@navy.test' where id = ${id}`
  for (const text of ['hopper', 'GRACE', 'g_race@', 'navy', '100%', id, id.toUpperCase()]) {
    expect(idsOf(await search({ search: text })), text).toEqual([id])
  }
  for (const text of ['100_', 'gorace@', '%', "'; drop table profiles; --", '\\']) {
    expect(idsOf(await search({ search: text })), text).not.toContain(text === '%' ? 'nobody' : id)
  }
})

test('a filter leaves those it speaks of', async () => {
  const [plain, pro, ended, banned, closed, debtor, admin] = await Promise.all(
    Array.from({ length: 7 }, () => engine.createUser({ balance: 10 })),
  )
  const { owner } = engine
  await owner`update profiles set name = 'filtered'`
  await owner`update profiles set membership_tier = 'pro' where id in (${pro ?? ''}, ${ended ?? ''})`
  await owner`update profiles set membership_expires_at = now() - interval '1 day' where id = ${ended ?? ''}`
  await owner`update auth.users set banned_until = now() + interval '1 day' where id in (${banned ?? ''}, ${closed ?? ''})`
  await owner`update profiles set closed_at = now() where id = ${closed ?? ''}`
  await owner`update credits set debt = 5, balance = 0 where user_id = ${debtor ?? ''}`
  await owner`insert into user_roles (user_id, role) values (${admin ?? ''}, 'admin')`
  const among = async (filter: object) => new Set(idsOf(await search({ search: 'filtered', ...filter })))
  expect(await among({ tier: 'pro' })).toEqual(new Set([pro]))
  expect(await among({ tier: 'none' })).toContain(ended)
  expect(await among({ state: 'banned' })).toEqual(new Set([banned]))
  expect(await among({ state: 'closed' })).toEqual(new Set([closed]))
  expect(await among({ state: 'admin' })).toContain(admin)
  expect(await among({ state: 'open' })).toContain(plain)
  expect(await among({ state: 'open' })).not.toContain(banned)
  expect(await among({ in_debt: true })).toEqual(new Set([debtor]))
  expect(await among({ min_balance: 10, tier: 'pro' })).toEqual(new Set([pro]))
  expect(await among({ max_balance: 9, in_debt: true, min_balance: 1 })).toEqual(new Set())
  await owner`update credits set debt = 0, balance = 10 where user_id = ${debtor ?? ''}`
})

test.each(['newest', 'balance', 'spent', 'debt'])(
  'pages by %s go through everybody once, and back',
  async (p_sort) => {
    await Promise.all(Array.from({ length: 5 }, () => engine.createUser({ balance: 7 })))
    const all = await search({}, { p_sort, p_limit: 100 })
    const pages: Found[] = []
    let position: Position = { p_sort, p_limit: 4 }
    for (;;) {
      const page = await search({}, position)
      if (page.users.length === 0) break
      expect(page.skipped).toBe(pages.length * 4)
      expect(page.total).toBe(all.users.length)
      pages.push(page)
      const last = page.users.at(-1)
      position = { ...position, p_key: last?.key ?? '', p_id: last?.id ?? '' }
    }
    expect(pages.flatMap(idsOf)).toEqual(idsOf(all))
    const [first, second] = pages
    const head = second?.users[0]
    const back = { p_sort, p_key: head?.key ?? '', p_id: head?.id ?? '', p_backwards: true, p_limit: 4 }
    expect(idsOf(await search({}, back))).toEqual(first && idsOf(first))
  },
)

test('a part of a name is looked up in an index, however many users there are', async () => {
  await engine.owner`
    insert into auth.users (id, email) select gen_random_uuid(), 'someone-' || i || '@example.com' from generate_series(1, 20000) i`
  await engine.owner`vacuum analyze profiles`
  const plan = await engine.owner`
    explain select from profiles p where (p.email || ' ' || p.name) ilike '%one-14321@%'`
  expect(JSON.stringify(plan)).toContain('profiles_search_idx')
  expect((await search({ search: 'one-14321@' })).users).toHaveLength(1)
})
