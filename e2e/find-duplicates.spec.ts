import { expect, test } from './fixtures.ts'

/** A list long enough to be left alone for a while. */
const LINES = 2_500
const LIST = Array.from({ length: LINES }, (_, number) => `Customer ${number * 7_919}, Road ${number}`)

test('a run goes on when its page is left, shows how far it is when it is opened again, and can be repeated and deleted', async ({
  userPage: page,
  user,
  sql,
}) => {
  test.slow()
  await page.goto('/tools/find-duplicates')
  await page.getByLabel('List, a line each').fill([...LIST, LIST[5]].join('\n'))
  await page.getByText('Exact', { exact: true }).click()
  await page.getByRole('button', { name: 'Find · 6 credits' }).click()
  await expect(page.getByRole('button', { name: 'Cancel', exact: true })).toBeVisible()

  const readRun = () => sql`select status, charged::int from runs where user_id = ${user.id}`
  await expect.poll(readRun, { intervals: [20] }).toHaveLength(1)
  await page.goto('about:blank')
  expect(await readRun()).toMatchObject([{ status: expect.stringMatching(/queued|running/) }])
  await page.goto('/tools/find-duplicates')
  await expect(page.getByTestId('last-run').getByText(/still going|waits for its turn/)).toBeVisible()
  await expect(page.getByTestId('last-run').getByTestId('run-progress')).toBeVisible()
  await page.getByRole('link', { name: 'See the run' }).click()
  await expect(page.getByTestId('run-progress')).toBeVisible()

  await expect(page.getByText(/pairs? found/)).toBeVisible({ timeout: 120_000 })
  expect(await readRun()).toMatchObject([{ status: 'succeeded', charged: 6 }])
  await expect(page.getByTestId('credit-balance').first()).toHaveText('94')

  await page.getByRole('button', { name: 'Run again' }).click()
  await expect(page).toHaveURL('/tools/find-duplicates')
  await page.getByRole('button', { name: 'Cancel', exact: true }).click()
  await expect(page.getByText(/The run was canceled. You were not charged/)).toBeVisible()

  await page.goto('/runs')
  await page.getByRole('main').getByRole('link', { name: 'Find duplicates' }).last().click()
  await page.getByRole('button', { name: 'Delete', exact: true }).click()
  await page.getByRole('button', { name: 'Delete run' }).click()
  await expect(page.locator('tr[data-run]')).toHaveCount(1)
})
