import { expect, test } from './fixtures.ts'
import { AppHeader, ExampleToolPage, SettingsPage, TransactionsPage } from './pages/index.ts'
import { expectFocusKept, pressByKey, tabTo, typeByKey } from './support/keyboard.ts'
import { charge } from './support/ledger.ts'
import { openBillingOfSubscriber } from './support/subscribe.ts' // #only payments

test('a visitor signs up, signs out and comes back by keyboard alone', async ({
  page,
  newcomer,
  mailbox,
}) => {
  await page.goto('/')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused()
  await pressByKey(page.getByRole('link', { name: 'Get started' }))
  await expect(page).toHaveURL('/signup')
  await typeByKey(page.getByLabel('E-mail', { exact: true }), newcomer.email)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Check your mail' })).toBeVisible()

  await page.goto(await mailbox.link(newcomer.email))
  await pressByKey(page.locator('main form').getByRole('button'))
  await typeByKey(page.getByLabel('Password', { exact: true }), newcomer.password)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL('/dashboard')
  await new AppHeader(page).isLive()

  await pressByKey(page.getByTestId('user-menu'))
  await expect(page.getByRole('menu')).toBeVisible()
  await page.keyboard.press('End')
  await expect(page.getByRole('menuitem', { name: 'Sign out' })).toBeFocused()
  await page.keyboard.press('Enter')
  await page.waitForURL('**/login')
  await typeByKey(page.getByLabel('E-mail', { exact: true }), newcomer.email)
  await typeByKey(page.getByLabel('Password', { exact: true }), newcomer.password)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL('/dashboard')
})

// #region text-generation
test('a tool is found, filled in and run by keyboard alone', async ({ userPage: page }) => {
  await page.goto('/dashboard')
  await new AppHeader(page).isLive()
  const main = page.getByRole('navigation', { name: 'Main' })
  await pressByKey(main.getByRole('link', { name: 'Summarize a text' }))
  const tool = new ExampleToolPage(page)
  await typeByKey(
    page.getByLabel('Text', { exact: true }),
    'The harbor opened in 1887. It made the town rich.',
  )
  await tabTo(page.getByRole('radio', { name: 'Short' }))
  await page.keyboard.press('ArrowRight')
  const medium = page.getByRole('radio', { name: 'Medium' })
  await expect(medium).toBeFocused()
  await page.keyboard.press('Space')
  await expect(medium).toBeChecked()
  await pressByKey(tool.run)
  await expect(tool.summary).toContainText('2 credits spent')
  await expectFocusKept(tool.summary)
})
// #endregion

test('what a transaction says of itself is opened and left by keyboard alone', async ({
  userPage: page,
  user,
  sql,
}) => {
  await charge(sql, user.id, { times: 3, description: 'Spring report' })
  const transactions = new TransactionsPage(page)
  await transactions.open()
  await new AppHeader(page).isLive()
  await typeByKey(transactions.search, 'Spring')
  await page.keyboard.press('Enter')
  await page.waitForURL((url) => url.searchParams.get('q') === 'Spring')
  const row = transactions.rows.getByRole('button').first()
  await pressByKey(row)
  await expect(page.getByRole('dialog').getByText('Paid with')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(row).toBeFocused()
})

test('a name, a theme and the mails wanted are chosen by keyboard alone', async ({ userPage: page }) => {
  const settings = new SettingsPage(page)
  await settings.open()
  const profile = settings.section('Profile')
  await typeByKey(profile.getByLabel('Name'), 'Ada Keys')
  await page.keyboard.press('Enter')
  await expect(profile.getByText('Saved.')).toBeVisible()
  await expectFocusKept(profile)
  const wanted = page.getByRole('switch', { name: 'Product' })
  await tabTo(wanted)
  await page.keyboard.press('Space')
  await expect(wanted).not.toBeChecked()
  await expect(wanted).toBeFocused()
})

// #region api
test('a key of the API is made, copied and revoked by keyboard alone', async ({ userPage: page }) => {
  await page.goto('/settings')
  await new AppHeader(page).isLive()
  await pressByKey(page.getByRole('button', { name: 'Create API key' }))
  const dialog = page.getByRole('dialog')
  await typeByKey(dialog.getByLabel('Name'), 'Nightly job')
  await pressByKey(dialog.getByRole('button', { name: 'Create key' }))
  await expect(dialog.getByTestId('secret')).toHaveText(/^lb_/)
  await pressByKey(dialog.getByRole('button', { name: 'I have copied it' }))
  await expect(dialog).toBeHidden()
  await pressByKey(page.getByRole('button', { name: 'Revoke Nightly job' }))
  await pressByKey(page.getByRole('alertdialog').getByRole('button', { name: 'Revoke key' }))
  await expect(page.locator('[data-key]')).toHaveCount(0)
})
// #endregion

// #region payments
test('credits are bought by keyboard alone', async ({ userPage: page }) => {
  await page.goto('/dashboard')
  await new AppHeader(page).isLive()
  await pressByKey(page.getByRole('main').getByRole('link', { name: 'Buy credits' }))
  await pressByKey(page.getByRole('button', { name: 'Buy Pro' }))
  await page.waitForURL(/\/session\//)
  await typeByKey(page.getByLabel('Card number'), '4242 4242 4242 4242')
  await typeByKey(page.getByLabel('Expiry'), '12/34')
  await typeByKey(page.getByLabel('CVC'), '123')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: '500 credits added' })).toBeVisible()
  await tabTo(page.getByRole('main').getByRole('link').first())
})

test('a plan is changed, and canceled, by keyboard alone', async ({ userPage: page, user, sql }) => {
  const billing = await openBillingOfSubscriber(page, sql, user)
  await pressByKey(billing.button('Change plan'))
  const dialog = page.getByRole('dialog')
  const yearly = dialog.getByRole('radio', { name: 'Pro yearly' })
  await tabTo(yearly)
  await page.keyboard.press('Space')
  await expect(yearly).toBeChecked()
  await pressByKey(dialog.getByRole('button', { name: /^Pay/ }))
  await expect(billing.plan('Pro yearly')).toBeVisible()
  await expectFocusKept(billing.plan('Pro yearly'))
  await pressByKey(billing.button('Cancel plan'))
  const question = page.getByRole('alertdialog')
  await pressByKey(question.getByRole('button', { name: 'Cancel the plan' }))
  await expect(question).toBeHidden()
  await expect(billing.button('Resume plan')).toBeVisible()
  await expectFocusKept(billing.plan('Pro yearly'))
})

test('the focus stays on the page when what opened a dialog goes away below it', async ({
  userPage: page,
  user,
  sql,
}) => {
  const billing = await openBillingOfSubscriber(page, sql, user)
  // The page hears of the change before the dialog does.
  await page.route('**/api/dodopayments/subscription', async (route) => {
    const response = await route.fetch()
    await expect(page.getByText('Resume plan')).toBeVisible()
    await route.fulfill({ response })
  })
  await pressByKey(billing.button('Cancel plan'))
  await pressByKey(page.getByRole('alertdialog').getByRole('button', { name: 'Cancel the plan' }))
  await expect(billing.button('Resume plan')).toBeVisible()
  await expectFocusKept(billing.plan('Pro monthly'))
  await page.unrouteAll({ behavior: 'wait' })
})
// #endregion
