import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { callApi } from './support/call-api.ts'
import { buy, charge, databaseTime } from './support/ledger.ts'

type Row = { seq: number; type: string; action: string; amount: number; userId: string; description: string }

async function rowsOf(page: Page, query: string): Promise<{ rows: Row[]; nextCursor: number | null }> {
  const response = await page.request.get(`/api/credits/transactions?${query}`)
  expect(response.status(), query).toBe(200)
  const { transactions, nextCursor } = await response.json()
  return { rows: transactions, nextCursor }
}

async function csvOf(page: Page, query = ''): Promise<string> {
  const response = await page.request.get(`/api/credits/transactions?format=csv&${query}`)
  expect(response.headers()['content-type']).toBe('text/csv; charset=utf-8')
  expect(response.headers()['content-disposition']).toContain('credit-transactions.csv')
  return response.text()
}

test.describe('the history of a wallet', () => {
  test('is filtered by type, action and both', async ({ userPage, user, sql }) => {
    const [first] = await charge(sql, user.id, { times: 3 })
    await charge(sql, user.id, { action: 'image-generation', amount: 3, times: 2 })
    await sql`select public.refund_transaction(${first ?? 0}, p_reason => 'It failed')`
    await buy(sql, user.id)
    const count = async (query: string) => (await rowsOf(userPage, query)).rows.length
    expect(await count('')).toBe(8)
    expect(await count('type=deduction')).toBe(5)
    expect(await count('type=refund,purchase')).toBe(2)
    expect(await count('action=image-generation')).toBe(2)
    expect(await count('action=text-generation&type=deduction')).toBe(3)
    expect(await count('action=text-generation')).toBe(4)
    expect(await count('type=expiry')).toBe(0)
  })

  test('is filtered by date: from is in, to is out', async ({ userPage, user, sql }) => {
    await charge(sql, user.id, { times: 2 })
    const between = await databaseTime(sql)
    await charge(sql, user.id, { times: 3 })
    const since = await rowsOf(userPage, `from=${between}`)
    const until = await rowsOf(userPage, `to=${between}`)
    expect(since.rows.map(({ seq }) => seq)).toEqual([6, 5, 4])
    expect(until.rows.map(({ seq }) => seq)).toEqual([3, 2, 1])
    expect((await rowsOf(userPage, 'to=2020-01-01')).rows).toEqual([])
    expect((await rowsOf(userPage, 'from=2020-01-01')).rows).toHaveLength(6)
  })

  test('comes in pages that overlap nowhere and leave nothing out, while rows are added', async ({
    userPage,
    user,
    sql,
  }) => {
    await charge(sql, user.id, { times: 22 })
    const seqs: number[] = []
    let cursor: number | null = null
    do {
      const page = await rowsOf(userPage, `limit=7${cursor ? `&cursor=${cursor}` : ''}`)
      seqs.push(...page.rows.map(({ seq }) => seq))
      cursor = page.nextCursor
      await charge(sql, user.id)
    } while (cursor)
    expect(seqs).toEqual(Array.from({ length: 23 }, (_, index) => 23 - index))
  })

  test('comes in pages when it is filtered too', async ({ userPage, user, sql }) => {
    await charge(sql, user.id, { times: 3 })
    await charge(sql, user.id, { times: 3, action: 'image-generation' })
    const first = await rowsOf(userPage, 'action=text-generation&limit=2')
    expect(first.rows).toHaveLength(2)
    const second = await rowsOf(userPage, `action=text-generation&limit=2&cursor=${first.nextCursor}`)
    expect(second).toEqual({ rows: [expect.objectContaining({ seq: 2 })], nextCursor: null })
  })

  test('is nobody else’s', async ({ page, user, adminPage, openBrowser, sql }) => {
    await charge(sql, user.id, { times: 3 })
    for (const path of [
      '/api/credits/transactions',
      '/api/credits/transactions?format=csv',
      '/api/credits/usage',
    ]) {
      expect((await callApi(page, path)).status).toBe(401)
    }
    // An admin's own ledger is what this route gives an admin.
    expect((await rowsOf(adminPage, '')).rows).toMatchObject([{ type: 'signup_bonus' }])
    for (const query of [`userId=${user.id}`, `user_id=${user.id}`]) {
      expect((await callApi(adminPage, `/api/credits/transactions?${query}`)).status).toBe(400)
    }
    expect(await csvOf(adminPage)).not.toContain('A run')
    expect(await csvOf(await openBrowser(user))).toContain('A run')
  })

  test('asked for what it cannot be says what is wrong', async ({ userPage }) => {
    for (const query of [
      'type=gift',
      'limit=0',
      'limit=5000',
      'cursor=-1',
      'from=yesterday',
      'from=2026-02-01&to=2026-01-01',
      'format=xml',
      'creditType=',
    ]) {
      const answer = await callApi(userPage, `/api/credits/transactions?${query}`)
      expect(answer, query).toMatchObject({
        status: 400,
        body: { error: 'bad_request', fields: [{ message: expect.any(String) }] },
      })
    }
  })
})

test.describe('the history as CSV', () => {
  test('has a header and every row, also past a page of the database', async ({ userPage, user, sql }) => {
    await buy(sql, user.id, { amount: 2_000 })
    await charge(sql, user.id, { times: 1_005 })
    const lines = (await csvOf(userPage)).trimEnd().split('\n')
    expect(lines[0]).toBe(
      'seq,created_at,type,amount,balance_before,balance_after,action,description,reference_id,reference_type,id,credit_type',
    )
    const seqs = lines.slice(1).map((line) => Number(line.split(',')[0]))
    expect(seqs).toEqual(Array.from({ length: 1_007 }, (_, index) => 1_007 - index))
  })

  test('has no formula a spreadsheet would run', async ({ userPage, user, sql }) => {
    for (const description of [
      '=HYPERLINK("https://evil.example")',
      '+1',
      '-1',
      '@SUM(A1)',
      'plain, "quoted"\nand long',
    ]) {
      await charge(sql, user.id, { description })
    }
    const text = await csvOf(userPage, 'type=deduction')
    expect(text).toContain(`"'=HYPERLINK(""https://evil.example"")"`)
    for (const cell of [`,'+1,`, `,'-1,`, `,'@SUM(A1),`]) expect(text).toContain(cell)
    expect(text).toContain('"plain, ""quoted""\nand long"')
  })

  test('follows the filters', async ({ userPage, user, sql }) => {
    await charge(sql, user.id, { times: 2 })
    await charge(sql, user.id, { action: 'image-generation' })
    const lines = (await csvOf(userPage, 'action=text-generation')).trimEnd().split('\n')
    expect(lines).toHaveLength(3)
  })

  test('holds what a search finds, however far down, and no page of JSON is searched', async ({
    userPage,
    user,
    sql,
  }) => {
    await charge(sql, user.id, { description: 'Draw a Card' })
    await buy(sql, user.id, { amount: 2_000 })
    await charge(sql, user.id, { times: 1_005 })
    const lines = (await csvOf(userPage, 'q=card+DRAW')).trimEnd().split('\n')
    expect(lines.slice(1)).toEqual([expect.stringMatching(/^2,.*Draw a Card/)])
    expect((await csvOf(userPage, 'q=nowhere')).trimEnd().split('\n')).toHaveLength(1)
    expect((await callApi(userPage, '/api/credits/transactions?q=card')).status).toBe(400)
  })

  test('of a wallet there is not is its header', async ({ userPage }) => {
    const lines = (await csvOf(userPage, 'creditType=none')).trimEnd().split('\n')
    expect(lines).toEqual([expect.stringMatching(/^seq,created_at,/)])
  })
})
