import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { listTransactions } from '../../lib/account/list-transactions.ts'
import { parseAuditFilter } from '../../lib/admin/audit-filter.ts'
import { parseEventFilter } from '../../lib/admin/event-filter.ts' // #only payments
import { listAuditTrail } from '../../lib/admin/list-audit-trail.ts'
import { listEvents } from '../../lib/admin/list-events.ts' // #only payments
import { readAuditLog } from '../../lib/admin/read-audit-log.ts'
import { openApp } from './app.ts'
import type { Engine } from './engine.ts'

vi.mock('../../lib/supabase/server.ts', () => import('./admin-reads.ts'))

let app: Engine
let userId: string
let email: string
beforeAll(async () => {
  app = await openApp()
})
afterAll(() => app.close())
beforeEach(async () => {
  userId = await app.createUser({ balance: 100 })
  email = `${userId}@example.com`
})

// #region payments
type Page = { rows: { id: string }[]; newer: string | null; older: string | null }

/** The ids of every page, from the newest on, and back again. */
async function walk(read: (position: Record<string, string>) => Promise<Page>): Promise<string[][]> {
  const pages = [await read({})]
  for (let last = pages[0]; last?.older; last = pages.at(-1)) pages.push(await read({ before: last.older }))
  for (const [index, page] of pages.entries()) {
    const above = page.newer && (await read({ after: page.newer }))
    if (above) expect(above.rows).toEqual(pages[index - 1]?.rows)
  }
  return pages.map(({ rows }) => rows.map(({ id }) => id))
}

test('a list of an admin comes in pages that overlap nowhere and leave nothing out, even within one moment', async () => {
  await app.owner`
    insert into payment_events (id, provider, type, payload, received_at)
    select 'msg_' || lpad(i::text, 2, '0'), 'dodopayments', 'payment.succeeded', '{}', now() + make_interval(secs => i / 30)
    from generate_series(1, 60) i`
  const pages = await walk((position) => listEvents(parseEventFilter({ type: 'payment', ...position })))
  expect(pages.map(({ length }) => length)).toEqual([25, 25, 10])
  const ids = Array.from({ length: 60 }, (_, index) => `msg_${String(60 - index).padStart(2, '0')}`)
  expect(pages.flat()).toEqual(ids)
  expect(await listEvents(parseEventFilter({ before: 'nonsense' }))).toMatchObject({ newer: null })
})
// #endregion

test('a ledger comes in pages of one wallet, of some types or of all', async () => {
  for (let index = 0; index < 24; index++) await spend(userId)
  await spend(await app.createUser({ balance: 5 }))
  const seqs = async (position: Parameters<typeof listTransactions>[2]) => {
    const { rows, ...sides } = await listTransactions(userId, 'general', { limit: 10, ...position })
    return { ...sides, seqs: rows.map(({ seq }) => seq) }
  }
  const range = (first: number, last: number) =>
    Array.from({ length: first - last + 1 }, (_, index) => first - index)
  expect(await seqs({})).toEqual({ newer: false, older: true, seqs: range(25, 16) })
  expect(await seqs({ before: 16 })).toEqual({ newer: true, older: true, seqs: range(15, 6) })
  expect(await seqs({ before: 6 })).toEqual({ newer: true, older: false, seqs: range(5, 1) })
  expect(await seqs({ after: 5 })).toEqual({ newer: true, older: true, seqs: range(15, 6) })
  expect(await seqs({ after: 20 })).toEqual({ newer: false, older: true, seqs: range(25, 16) })
  expect(await seqs({ types: ['purchase'] })).toEqual({ newer: false, older: false, seqs: [1] })
})

test('the audit lists tell whom it was done to, by whom, and what was refused', async () => {
  const [admin] = await app.owner<{ id: string; email: string }[]>`
    select p.id, p.email from profiles p join user_roles r on r.user_id = p.id`
  const adjust = (amount: number) =>
    app.call('adjust_credits', {
      ...{ p_user_id: userId, p_amount: amount, p_reason: 'A gift', p_actor_id: admin?.id ?? null },
    })
  await adjust(5)
  await adjust(-1_000)
  await spend(userId)

  const trail = async (filter: Record<string, string>) => {
    const { rows } = await listAuditTrail(parseAuditFilter({ q: email, ...filter }))
    return rows.map(({ action, outcome, actor, target }) => [action, outcome, actor, target])
  }
  const adjusted = ['credits.adjust', 'success', admin?.email, email]
  const refused = ['credits.adjust', 'failure', admin?.email, email]
  expect(await trail({ by: 'admins' })).toEqual([refused, adjusted])
  expect(await trail({ by: 'admins', outcome: 'failure' })).toEqual([refused])
  expect(await trail({ by: 'system' })).toContainEqual(['credits.deduction', 'success', null, email])
  expect(await trail({ action: 'membership' })).toEqual([])

  const log = await readAuditLog(userId, 10)
  expect(log.isCut).toBe(false)
  expect(log.entries.filter(({ actor }) => actor === admin?.email)).toMatchObject([
    {
      ...{ action: 'credits.adjust', outcome: 'failure', target: email },
      details: { given_reason: 'A gift' },
    },
    { action: 'credits.adjust', outcome: 'success', target: email, reason: 'A gift', details: { amount: 5 } },
  ])
  expect(await readAuditLog(userId, 1)).toMatchObject({ entries: [{ outcome: 'failure' }], isCut: true })
})

test('a search of the audit trail that means too many users says so', async () => {
  await app.owner`
    insert into auth.users (id, email) select gen_random_uuid(), 'crowd-' || i || '@example.com' from generate_series(1, 101) i`
  expect((await listAuditTrail(parseAuditFilter({ q: 'crowd-' }))).isCut).toBe(true)
  expect((await listAuditTrail(parseAuditFilter({ q: 'crowd-7@' }))).isCut).toBe(false)
})

function spend(ofUser: string) {
  return app.call('deduct_credits', { p_user_id: ofUser, p_amount: 1 })
}
