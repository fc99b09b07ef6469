import { expect, test } from './fixtures.ts'
import { AppHeader, TransactionsPage } from './pages/index.ts'
import { callApi } from './support/call-api.ts' // #only text-generation
import { buy, charge } from './support/ledger.ts'

test('the ledger is counted and read forwards, page by page, there and back', async ({
  userPage,
  user,
  sql,
}) => {
  await charge(sql, user.id, { times: 59 })
  const ledger = new TransactionsPage(userPage)
  await ledger.open()
  await expect(ledger.position).toHaveText('1–25 of 60')
  await expect(ledger.rows).toHaveCount(25)
  await expect(ledger.days).toHaveText(['Today'])
  await ledger.follow('Older')
  await expect(ledger.position).toHaveText('26–50 of 60')
  await ledger.follow('Older')
  await expect(ledger.position).toHaveText('51–60 of 60')
  await expect(ledger.rows).toHaveCount(10)
  await ledger.follow('Newer')
  await expect(ledger.position).toHaveText('26–50 of 60')
})

test('a list that one comes back to has what happened meanwhile', async ({ userPage: page, user, sql }) => {
  const ledger = new TransactionsPage(page)
  await ledger.open()
  const header = new AppHeader(page)
  await header.isLive()
  await ledger.follow('Dashboard')
  await expect(page).toHaveURL('/dashboard')
  await charge(sql, user.id, { amount: 3, description: 'A later one' })
  await expect(header.balance).toHaveText('97')
  await page.goBack()
  await expect(page).toHaveURL('/transactions')
  await expect(ledger.rows).toHaveCount(2)
})

// #region text-generation
test('filters apply when they are chosen or typed, stand in the address, and leave nothing empty there', async ({
  userPage: page,
  user,
  sql,
}) => {
  await charge(sql, user.id, { times: 3, description: 'Summarize a text' })
  await charge(sql, user.id, { action: 'image-generation', description: 'Draw a social card' })
  await buy(sql, user.id, { description: 'Pro package' })
  const ledger = new TransactionsPage(page)
  await ledger.open()
  await ledger.follow('Spent')
  await expect(page).toHaveURL('/transactions?show=spent')
  await ledger.choose('Tool', 'Summarize a text')
  await expect(page).toHaveURL('/transactions?show=spent&tool=text-generation')
  await expect(ledger.rows).toHaveCount(3)
  await ledger.choose('Tool', 'Any')
  await expect(page).toHaveURL('/transactions?show=spent')
  await ledger.choose('Dates', 'Last 7 days')
  await expect(page).toHaveURL('/transactions?show=spent&days=week')
  await ledger.search.pressSequentially('card DRAW')
  await expect(page).toHaveURL('/transactions?show=spent&q=card+DRAW&days=week')
  await expect(ledger.rows).toHaveCount(1)
  await expect(ledger.position).toHaveText('1–1 of 1')
  await expect(ledger.search).toBeFocused()

  const csv = await (await page.request.get(await ledger.downloadPath())).text()
  expect(csv.trimEnd().split('\n').slice(1)).toEqual([expect.stringContaining('Draw a social card')])

  await ledger.search.fill('nothing like it')
  await expect(page.getByText('No matching transactions')).toBeVisible()
  await ledger.follow('Clear')
  await expect(page).toHaveURL('/transactions?show=spent')
  await expect(ledger.search).toHaveValue('')
  await expect(ledger.rows).toHaveCount(4)
})
// #endregion

test('days of one’s own are those of the reader’s zone', async ({ userPage: page, user, sql }) => {
  await charge(sql, user.id, { description: 'A run' })
  const ledger = new TransactionsPage(page)
  await ledger.open()
  await ledger.choose('Dates', 'Custom')
  await page.getByLabel('To', { exact: true }).fill('2020-01-01')
  await expect(page).toHaveURL('/transactions?days=custom&to=2020-01-01')
  await expect(page.getByText('No matching transactions')).toBeVisible()
  await ledger.choose('Dates', 'Today')
  await expect(page).toHaveURL(/days=today/)
  await expect(ledger.rows).toHaveCount(2)
})

test('what a form sends before the scripts have come leaves nothing empty in the address', async ({
  userPage: page,
}) => {
  const ledger = new TransactionsPage(page)
  await ledger.open('?show=&q=&tool=&days=today')
  await expect(page).toHaveURL('/transactions?days=today')
  await expect(ledger.position).toHaveText('1–1 of 1')
})

test('a refund stands below its charge, and is counted with it', async ({ userPage, user, sql }) => {
  const [first = 0] = await charge(sql, user.id, { amount: 5, description: 'Draw a card' })
  await charge(sql, user.id, { times: 2, description: 'A run' })
  await sql`select public.refund_transaction(${first}, p_reason => 'It was blurred')`
  const ledger = new TransactionsPage(userPage)
  await ledger.open()
  await expect(ledger.position).toHaveText('1–4 of 4')
  const seqs = () => ledger.rows.evaluateAll((rows) => rows.map((row) => row.getAttribute('data-seq')))
  expect(await seqs()).toEqual(['4', '3', '2', '5', '1'])
  await expect(ledger.rows.filter({ hasText: 'It was blurred' })).toContainText('+5')
  await ledger.follow('Refunded')
  await expect(ledger.position).toHaveText('1–1 of 1')
  const csv = await (await userPage.request.get(await ledger.downloadPath())).text()
  expect(csv.trimEnd().split('\n')).toHaveLength(2)
})

// #region text-generation
test('a row opens what made it, in words', async ({ userPage, user, sql }) => {
  await buy(sql, user.id, { amount: 1, days: 5, description: 'Trial' })
  await callApi(userPage, '/api/example-protected', {
    text: 'The harbour opened in 1887. It made the town rich.',
    complexity: 'high',
  })
  const ledger = new TransactionsPage(userPage)
  await ledger.open()
  const why = await ledger.openRow('Summarize a text')
  for (const detail of [
    'Detailed summary: 2 credits',
    '1 of Trial until',
    '1 credit without expiry',
    'Finished',
  ]) {
    await expect(why).toContainText(detail)
  }
  await expect(why).not.toContainText('complexity')
  await userPage.keyboard.press('Escape')
  await expect(why).toBeHidden()
  await expect(userPage.getByRole('button', { name: 'Summarize a text' })).toBeFocused()
})
// #endregion
