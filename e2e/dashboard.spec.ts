import { expect, test } from './fixtures.ts'
import { AppHeader, DashboardPage } from './pages/index.ts'
import { signIn } from './support/accounts.ts'
import { callApi } from './support/call-api.ts'
import { ageLedger, buy, charge, databaseTime } from './support/ledger.ts'
import { stayOpen } from './support/stays-open.ts'

const DAY_MINUTES = 1_440

// #region text-generation
const text = 'The harbour opened in 1887. It made the town rich.'

test('a new account sees its first steps, then, live, its figures and a chart of them', async ({
  userPage: page,
}) => {
  const dashboard = new DashboardPage(page)
  await dashboard.open()
  await new AppHeader(page).isLive()
  await expect(dashboard.firstSteps).toBeVisible()
  await expect(page.getByText('100 credits are yours')).toBeVisible()
  await expect(dashboard.figure('Balance')).toContainText('Nothing used in 30 days')
  await expect(dashboard.summary).toContainText('100 credits: 100 welcome')
  await expect(dashboard.notices).toHaveCount(0)
  // Tools stand above the ledger for who has none yet.
  await expect(page.getByRole('main').getByRole('heading', { level: 2 })).toHaveText([
    ...['First steps', 'Tools', 'Latest transactions'],
  ])

  const open = stayOpen(page)
  await callApi(page, '/api/example-protected', { text, complexity: 'high' })
  await expect(dashboard.firstSteps).toBeHidden()
  await expect(dashboard.figure('Balance')).toContainText(
    'Lasts about 49 days at your pace of 2 credits a day',
  )
  await expect(dashboard.figure('Used in 30 days')).toContainText('Nothing in the 30 days before')
  await expect(dashboard.summary).toContainText('98 credits: 100 welcome, −2 used')
  await expect(dashboard.bars).toHaveCount(1)
  await expect(page.locator('tr[data-run]')).toContainText('Summarize a text')
  await callApi(page, '/api/example-protected', { text, complexity: 'low' })
  await expect(dashboard.summary).toContainText('97 credits: 100 welcome, −3 used')
  await expect(dashboard.figure('Balance')).toContainText(
    'Lasts about 32 days at your pace of 3 credits a day',
  )
  await dashboard.showTable()
  await expect(dashboard.days).toHaveCount(1)
  await expect(dashboard.days.getByRole('cell')).toHaveText(['3', '3'])
  await dashboard.bars.first().hover()
  await expect(page.getByTestId('usage-tooltip')).toContainText(/3 credits.*Summarize a text 3/)
  open.expectSame()
})
// #endregion

test('the period is changed by keyboard, and the usual one leaves a clean address', async ({
  userPage: page,
  user,
  sql,
}) => {
  await charge(sql, user.id, { amount: 8 })
  await ageLedger(sql, user.id, 10 * DAY_MINUTES)
  await charge(sql, user.id, { amount: 4 })
  const dashboard = new DashboardPage(page)
  await dashboard.open()
  await expect(dashboard.figure('Used in 30 days')).toContainText('12')
  await dashboard.period(7).focus()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL('/dashboard?days=7')
  await expect(dashboard.figure('Used in 7 days')).toContainText('50% less than the 7 days before')
  await expect(dashboard.period(7)).toBeFocused()
  await expect(dashboard.period(7)).toHaveAttribute('aria-current', 'true')
  // How long the balance lasts does not depend on what is looked at: 12 credits in 11 days.
  await expect(dashboard.figure('Balance')).toContainText(
    'Lasts about 80 days'.replace('80 days', '2 months'),
  )
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL('/dashboard')
  await expect(dashboard.period(30)).toBeFocused()
  await dashboard.open('?days=31')
  await expect(dashboard.figure('Used in 30 days')).toBeVisible()
})

test('a refund lands on the day of its charge, and no day falls below nothing', async ({
  userPage: page,
  user,
  sql,
}) => {
  const [first = 0] = await charge(sql, user.id, { amount: 9 })
  await ageLedger(sql, user.id, 3 * DAY_MINUTES)
  await charge(sql, user.id, { amount: 2, action: 'social-card' })
  await sql`select refund_transaction(${first}, 5)`
  const dashboard = new DashboardPage(page)
  await dashboard.open('?days=7')
  await expect(dashboard.figure('Used in 7 days')).toContainText('6')
  await dashboard.showTable()
  await expect(dashboard.days).toHaveCount(2)
  await expect(dashboard.days.first().getByRole('cell').last()).toHaveText('2')
  await expect(dashboard.days.last().getByRole('cell').last()).toHaveText('4')
  await expect(dashboard.summary).toContainText('94 credits: 100 welcome, −6 used')
  await sql`select refund_transaction(${first}, p_idempotency_key => 'the rest')`
  await page.reload()
  await dashboard.showTable()
  await expect(dashboard.days).toHaveCount(1)
})

test('days are those of the reader', async ({ browser, baseURL, user, sql }) => {
  const [charged = 0] = await charge(sql, user.id, { amount: 3 })
  // To twenty minutes to seven in the evening of yesterday, in UTC: early in the morning of today in Japan.
  const minuteOfDay = Math.floor((Date.parse(await databaseTime(sql)) / 60_000) % DAY_MINUTES)
  await ageLedger(sql, user.id, minuteOfDay + 320)
  const [row] = await sql<{ yesterday: string; today: string }[]>`
    select (created_at at time zone 'UTC')::date::text as yesterday,
      (created_at at time zone 'Asia/Tokyo')::date::text as today
    from credit_transactions where id = ${charged}`
  expect(row?.yesterday).not.toBe(row?.today)
  for (const [timezoneId, day] of [
    ['Asia/Tokyo', row?.today ?? ''],
    ['UTC', row?.yesterday ?? ''],
  ] as const) {
    await using context = await browser.newContext({ baseURL, timezoneId })
    await signIn(context, user)
    const page = await context.newPage()
    const dashboard = new DashboardPage(page)
    await dashboard.open()
    await expect(page.getByText(`Days in ${timezoneId}.`)).toBeVisible()
    await dashboard.showTable()
    await expect(dashboard.days).toHaveAttribute('data-day', day)
  }
})

test('what needs attention is said once, with what to do', async ({ userPage: page, user, sql }) => {
  await buy(sql, user.id, { amount: 5, days: 6, description: 'Trial' })
  await buy(sql, user.id, { amount: 50, days: 9, description: 'November' })
  const dashboard = new DashboardPage(page)
  await dashboard.open()
  await new AppHeader(page).isLive()
  // What expires in nine days is no news yet, but it is what comes next after that.
  await expect(dashboard.notices).toHaveText([/^5 credits will expire on /])
  await expect(page.getByText('more within')).toBeHidden()
  await expect(dashboard.figure('Next expiry')).toContainText('5 credits, unless spent before')
  await charge(sql, user.id, { amount: 140 })
  await expect(dashboard.notices).toHaveText(['Only 15 credits left'])
  await expect(page.getByText('You are told when there are less than 20 credits.')).toBeVisible()
  await charge(sql, user.id, { amount: 15 })
  await expect(dashboard.notices).toHaveText(['You have no credits left'])
  await page.getByRole('main').getByRole('link', { name: 'Change when' }).click()
  await expect(page).toHaveURL('/settings')
})
