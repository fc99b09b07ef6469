import type { Route } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { AppHeader, ExampleToolPage, MailedLinkPage, SignupPage } from './pages/index.ts'
import { charge, readLedger } from './support/ledger.ts'
import { stayOpen } from './support/stays-open.ts'

const TEXT =
  'Credits are sold in packages. Each run of a tool costs credits. The balance of credits is shown in the header. ' +
  'It follows every change at once. Nobody has to reload a page.'

test('free credits, spent in one tab, go down in every tab without a reload', async ({
  page,
  newcomer,
  mailbox,
}) => {
  const signup = new SignupPage(page)
  await signup.open()
  await signup.signUp(newcomer.email)
  await expect(page.getByRole('heading', { name: 'Check your mail' })).toBeVisible()
  await new MailedLinkPage(page).confirm(await mailbox.link(newcomer.email), newcomer.password)
  await expect(new AppHeader(page).balance).toHaveText('100')

  const secondTab = await page.context().newPage()
  const tool = new ExampleToolPage(secondTab)
  await tool.open()
  await new AppHeader(page).isLive()
  await new AppHeader(secondTab).isLive()
  const [first, second] = [stayOpen(page), stayOpen(secondTab)]

  await tool.write(TEXT)
  await tool.run.click()
  await expect(tool.summary).toContainText('1 credit spent')
  await expect(new AppHeader(secondTab).balance).toHaveText('99')
  await expect(new AppHeader(page).balance).toHaveText('99')
  await expect(page.locator('tr[data-seq]').filter({ hasText: 'Summarize a text' })).toContainText('99')
  first.expectSame()
  second.expectSame()
})

test('the button says what a run costs, and that is what it costs', async ({ userPage: page, user, sql }) => {
  const tool = new ExampleToolPage(page)
  await tool.open()
  await tool.write(TEXT)
  for (const [length, price, left] of [
    ['Short', '1 credit', '99'],
    ['Medium', '2 credits', '97'],
    ['Detailed', '2 credits', '95'],
  ] as const) {
    await tool.choose(length)
    await expect(tool.run).toHaveText(`Summarize · ${price}`)
    await tool.run.click()
    await expect(new AppHeader(page).balance).toHaveText(left)
    await expect(tool.run).not.toHaveAttribute('aria-busy', 'true')
    await expect(tool.summary).toContainText(`${price} spent`)
  }
  const { rows } = await readLedger(sql, user.id)
  expect(rows).toEqual(['signup_bonus 100', 'deduction -1', 'deduction -2', 'deduction -2'])
})

test('there is nothing to run without a text', async ({ userPage: page }) => {
  const tool = new ExampleToolPage(page)
  await tool.open()
  await expect(tool.run).toBeDisabled()
  await expect(page.getByText('Enter a text first.')).toBeVisible()
  await tool.write(' ')
  await expect(tool.run).toBeDisabled()
  await tool.write(TEXT)
  await expect(tool.run).toBeEnabled()
})

test('when credits run out the button is shut at once, says why, and leads to more', async ({
  userPage: page,
  user,
  sql,
}) => {
  const tool = new ExampleToolPage(page)
  await tool.open()
  await tool.write(TEXT)
  await tool.choose('Medium')
  await expect(tool.run).toBeEnabled()
  await new AppHeader(page).isLive()

  await charge(sql, user.id, { amount: 99 })
  await expect(tool.run).toBeDisabled()
  await expect(page.getByText('You need 1 credit more.')).toBeVisible()
  await tool.choose('Short')
  await expect(tool.run).toBeEnabled()
  await tool.choose('Medium')
  await page.getByRole('main').getByRole('link', { name: 'Buy credits' }).click()
  await expect(page).toHaveURL('/buy-credits')
})

test('a tab that is behind is told, offered more, and put right', async ({ userPage: page, user, sql }) => {
  // Nothing live reaches this tab, and by the time it asks again, its run is on its way.
  await page.routeWebSocket(/realtime/, () => undefined)
  const tool = new ExampleToolPage(page)
  await tool.open()
  await tool.write(TEXT)
  await expect(new AppHeader(page).balance).toHaveText('100')
  await page.route(
    '/api/example-protected',
    async (route) => {
      await charge(sql, user.id, { amount: 100 })
      await route.continue()
    },
    { times: 1 },
  )
  await tool.run.click()
  await Promise.all([
    expect(page.getByText('Not enough credits')).toBeVisible(),
    expect(page.getByRole('button', { name: 'Buy credits' })).toBeVisible(),
  ])
  await expect(new AppHeader(page).balance).toHaveText('0')
  expect(await readLedger(sql, user.id)).toEqual({ balance: 0, rows: ['signup_bonus 100', 'deduction -100'] })
})

test('a double click runs once and costs once', async ({ userPage: page, user, sql }) => {
  const tool = new ExampleToolPage(page)
  await tool.open()
  await tool.write(TEXT)
  const sent: string[] = []
  page.on('request', (request) => {
    if (request.method() === 'POST') sent.push(new URL(request.url()).pathname)
  })
  await tool.run.dblclick()
  await expect(tool.summary).toContainText('1 credit spent')
  await expect(tool.run).toBeEnabled()
  expect(sent).toEqual(['/api/example-protected'])
  expect(await readLedger(sql, user.id)).toEqual({ balance: 99, rows: ['signup_bonus 100', 'deduction -1'] })
})

const LOSSES: [what: string, lose: (route: Route) => Promise<void>][] = [
  ['that gets lost', (route) => route.abort()],
  ['that a proxy replaces', (route) => route.fulfill({ status: 502, body: '<h1>Bad Gateway</h1>' })],
  [
    'that is not ready yet',
    (route) => route.fulfill({ status: 409, json: { error: 'still_running', message: 'Still running.' } }),
  ],
]
for (const [what, lose] of LOSSES) {
  test(`an answer ${what} is asked for again, and paid once`, async ({ userPage: page, user, sql }) => {
    const tool = new ExampleToolPage(page)
    await tool.open()
    await tool.write(TEXT)
    await page.route('/api/example-protected', (route) => route.fetch().then(() => lose(route)), { times: 1 })
    await tool.run.click()
    await expect(page.getByText('The run failed')).toBeVisible()
    const holds = () => sql`select status from credit_holds where user_id = ${user.id}`
    await expect.poll(async () => [...(await holds())]).toEqual([{ status: 'settled' }])

    await tool.run.click()
    await expect(tool.summary).toContainText('1 credit spent')
    expect(await readLedger(sql, user.id)).toEqual({
      balance: 99,
      rows: ['signup_bonus 100', 'deduction -1'],
    })
  })
}

test('a run that was given back when its connection broke is run anew by the next click', async ({
  userPage: page,
}) => {
  const tool = new ExampleToolPage(page)
  await tool.open()
  await tool.write(TEXT)
  const keys: (string | undefined)[] = []
  const givenBack = { error: 'client_closed_request', message: 'The request was canceled.' }
  await page.route('/api/example-protected', (route) => {
    keys.push(route.request().headers()['idempotency-key'])
    if (keys.length === 1) return route.abort()
    return keys.length === 2 ? route.fulfill({ status: 499, json: givenBack }) : route.continue()
  })
  await tool.run.click()
  await expect(page.getByText('The run failed')).toBeVisible()
  await tool.run.click()
  await expect(tool.summary).toContainText('1 credit spent')
  const [first, second, third] = keys
  expect(second).toBe(first)
  expect(third).not.toBe(first)
})

test('a run that fails costs nothing, and says so', async ({ userPage: page, user, sql }) => {
  const tool = new ExampleToolPage(page)
  await tool.open()
  await tool.write('12 34 56')
  await tool.run.click()
  await expect(page.getByText('There are no sentences in this text. You were not charged.')).toBeVisible()
  await expect(tool.summary).toBeHidden()
  await expect(new AppHeader(page).balance).toHaveText('100')
  expect(await readLedger(sql, user.id)).toEqual({
    balance: 100,
    rows: ['signup_bonus 100', 'deduction -1', 'refund 1'],
  })
  await page.goto('/transactions')
  await expect(page.getByRole('row').filter({ hasText: 'Refund' })).toContainText('+1')
})
