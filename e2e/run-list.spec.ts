import { expect, test } from './fixtures.ts'
import { createAccount } from './support/accounts.ts'
import type { Database } from './support/database.ts'

/** Runs of a tool that this product no longer has, each ended with an answer; gives the number of the last. */
async function run(sql: Database, userId: string, times = 1): Promise<number> {
  const response = { status: 200, body: { verse: 'Of credits and of ledgers', creditsUsed: 1 } }
  for (let done = 0; done < times; done++) {
    await sql`
      select settle_hold((reserve_credits(
        ${userId}, 'old-poems', '{"default": 1}', 60000, '{"internal": "test"}', p_input => ${sql.json({ topic: `poem ${done}` })}
      ) ->> 'transaction_id')::bigint, p_response => ${sql.json(response)})`
  }
  const [last] = await sql<{ id: number }[]>`
    select id::int from runs where user_id = ${userId} order by id desc limit 1`
  return last?.id ?? 0
}

test('who has run nothing is told what will be here, and where to begin', async ({ userPage: page }) => {
  await page.goto('/runs')
  await expect(page.getByText('No runs here')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Try a tool' })).toBeVisible()
})

test('runs are listed newest first, a page at a time, each with its charge', async ({
  userPage,
  user,
  sql,
}) => {
  await run(sql, user.id, 25)
  await userPage.goto('/dashboard')
  await userPage.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Runs' }).click()
  const rows = userPage.locator('tr[data-run]')
  await expect(rows).toHaveCount(20)
  await expect(rows.first()).toContainText('poem 24')
  await expect(rows.first()).toContainText('Finished')
  await expect(rows.first().getByRole('cell').last()).toHaveText('1 credit')
  await userPage.getByRole('link', { name: 'Older' }).click()
  await expect(rows).toHaveCount(5)
  await expect(rows.last()).toContainText('poem 0')
  await userPage.getByRole('link', { name: 'Newer' }).click()
  await expect(rows).toHaveCount(20)
})

test('a run shows its stored result, until that is deleted', async ({ userPage: page, user, sql }) => {
  const id = await run(sql, user.id)
  await page.goto('/runs')
  await page.getByRole('link', { name: 'old-poems' }).click()
  await expect(page).toHaveURL(`/runs/${id}`)
  await expect(page.getByText('Of credits and of ledgers')).toBeVisible()
  await sql`update runs set stored_response = null, input = null where id = ${id}`
  await page.reload()
  await expect(page.getByText('This result is not kept')).toBeVisible()
})

test('nobody sees the run of somebody else', async ({ userPage: page, sql }) => {
  const stranger = await createAccount()
  const id = await run(sql, stranger.id)
  for (const address of [`/runs/${id}`, '/runs/0', '/runs/x', '/runs/99999999999999999999']) {
    await page.goto(address)
    await expect(page.getByRole('heading', { level: 1 })).toContainText(/not found|nothing/i)
    await expect(page.getByText('Of credits and of ledgers')).toBeHidden()
  }
})
