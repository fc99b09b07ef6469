import { expect, test } from './fixtures.ts'
import { AppHeader, LoginPage, PasswordPages, SignupPage } from './pages/index.ts'
import { askForLink } from './support/accounts.ts'
import { changeSession } from './support/session-cookie.ts'

const MAIL_SENT = { name: 'Check your mail' }

test('a newcomer signs up, opens the mailed link and finds free credits', async ({
  page,
  newcomer,
  mailbox,
}) => {
  const signup = new SignupPage(page)
  await signup.open()
  await signup.signUp(newcomer)
  await expect(page.getByRole('heading', MAIL_SENT)).toBeVisible()
  await expect(page.getByText(newcomer.email)).toBeVisible()

  await page.goto(await mailbox.link(newcomer.email))
  await expect(page).toHaveURL('/dashboard')
  await expect(new AppHeader(page).balance).toHaveText('100')
})

test('the tab that waits for the mail moves on when the link is opened next to it', async ({
  page,
  newcomer,
  mailbox,
}) => {
  const signup = new SignupPage(page)
  await signup.open('?next=/settings')
  await signup.signUp(newcomer)
  await expect(page.getByRole('heading', MAIL_SENT)).toBeVisible()

  const secondTab = await page.context().newPage()
  await secondTab.goto(await mailbox.link(newcomer.email))
  await expect(secondTab).toHaveURL('/settings')
  await expect(page).toHaveURL('/settings')
})

test('an account whose address is not confirmed stays shut until it is', async ({
  page,
  newcomer,
  mailbox,
}) => {
  const signup = new SignupPage(page)
  await signup.open()
  await signup.signUp(newcomer)
  await expect(page.getByRole('heading', MAIL_SENT)).toBeVisible()

  const login = new LoginPage(page)
  await login.open()
  await login.signIn(newcomer)
  await expect(login.message).toContainText('Confirm your e-mail address first')
  await page.getByRole('button', { name: 'Send the confirmation mail again' }).click()
  await expect(page.getByRole('heading', MAIL_SENT)).toBeVisible()

  await page.goto(await mailbox.link(newcomer.email, 2))
  await expect(page).toHaveURL('/dashboard')
})

test('a mail that did not arrive is sent again', async ({ page, newcomer, mailbox }) => {
  const signup = new SignupPage(page)
  await signup.open()
  await signup.signUp(newcomer)
  const first = await mailbox.link(newcomer.email)
  await page.getByRole('button', { name: 'Send it again' }).click()
  await expect(page.getByRole('status')).toContainText('Sent once more')

  const second = await mailbox.link(newcomer.email, 2)
  expect(second).not.toBe(first)
  await page.goto(second)
  await expect(page).toHaveURL('/dashboard')
})

test('a wrong password is refused in words, and nothing has to be typed twice', async ({ page, user }) => {
  const login = new LoginPage(page)
  await login.open()
  await login.signIn({ ...user, password: 'not the password' })
  await expect(login.message).toHaveText('The e-mail address or the password is not right.')
  await expect(login.email).toHaveValue(user.email)
  await expect(page).toHaveURL('/login')

  await login.signIn(user)
  await expect(page).toHaveURL('/dashboard')
})

test('what is wrong with a field is said beside it', async ({ page }) => {
  const signup = new SignupPage(page)
  await signup.open()
  await signup.signUp({ email: 'ada', password: 'short' })
  await expect(signup.email).toHaveAccessibleDescription('Enter an e-mail address like name@example.com.')
  await expect(signup.password).toHaveAccessibleDescription('Use at least 8 characters.')
  await expect(signup.email).toBeFocused()
  await expect(signup.email).toHaveValue('ada')
})

test('a forgotten password is replaced through a mailed link', async ({
  page,
  user,
  mailbox,
  openBrowser,
}) => {
  const pages = new PasswordPages(page)
  await pages.askForLink(user.email)
  await expect(page.getByRole('heading', MAIL_SENT)).toBeVisible()
  await page.goto(await mailbox.link(user.email))
  await expect(page).toHaveURL('/reset-password')
  await pages.choose('short')
  await expect(page.getByText('Use at least 8 characters.')).toBeVisible()
  await pages.choose('a brand new password')
  await expect(page).toHaveURL('/dashboard')

  const login = new LoginPage(await openBrowser())
  await login.open()
  await login.signIn(user)
  await expect(login.message).toContainText('not right')
  await login.signIn({ ...user, password: 'a brand new password' })
  await expect(login.page).toHaveURL('/dashboard')
})

test('a new password signs out every other device', async ({ page, user, userPage, mailbox }) => {
  await askForLink(user.email)
  await page.goto(await mailbox.link(user.email))
  await page.goto('/reset-password')
  await new PasswordPages(page).choose('a brand new password')
  await expect(page).toHaveURL('/dashboard')

  await changeSession(userPage.context(), { expires_at: 1 })
  await userPage.goto('/dashboard')
  await expect(userPage).toHaveURL('/login?next=%2Fdashboard')
})

test('a mailed link signs in without a password, once', async ({ page, user, mailbox, openBrowser }) => {
  const login = new LoginPage(page)
  await login.open('?next=/transactions')
  await login.askForLink(user.email)
  await expect(page.getByRole('heading', MAIL_SENT)).toBeVisible()
  const link = await mailbox.link(user.email)
  await page.goto(link)
  await expect(page).toHaveURL('/transactions')

  const late = await openBrowser()
  await late.goto(link)
  await expect(late.getByRole('heading', { name: 'This link no longer works' })).toBeVisible()
  await late.getByLabel('E-mail').fill(user.email)
  await late.getByRole('button', { name: 'Send a new link' }).click()
  await expect(late.getByRole('heading', MAIL_SENT)).toBeVisible()
  await late.goto(await mailbox.link(user.email, 2))
  await expect(late).toHaveURL('/transactions')
})

test('signing out in one tab leaves nothing on screen in the others', async ({ userPage: page }) => {
  await page.goto('/dashboard')
  const secondTab = await page.context().newPage()
  await secondTab.goto('/transactions')
  await expect(new AppHeader(secondTab).balance).toBeVisible()

  await new AppHeader(page).signOut()
  await expect(page).toHaveURL('/login')
  await expect(secondTab).toHaveURL('/login?next=%2Ftransactions')
  await page.goBack()
  await expect(new AppHeader(page).balance).toBeHidden()
})

test('a guarded page asks to sign in and then leads to where one wanted to go', async ({ page, user }) => {
  await page.goto('/transactions?type=purchase')
  await expect(page).toHaveURL('/login?next=%2Ftransactions%3Ftype%3Dpurchase')
  await new LoginPage(page).signIn(user)
  await expect(page).toHaveURL('/transactions?type=purchase')
})

test('somebody who is signed in is not asked to sign in', async ({ userPage: page }) => {
  await page.goto('/login?next=/settings')
  await expect(page).toHaveURL('/settings')
  await page.goto('/signup')
  await expect(page).toHaveURL('/dashboard')
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('people sign up and sign in all the same', async ({ page, newcomer, mailbox }) => {
    const signup = new SignupPage(page)
    await signup.open()
    await signup.signUp({ ...newcomer, password: 'short' })
    await expect(page.getByText('Use at least 8 characters.')).toBeVisible()
    await expect(signup.email).toHaveValue(newcomer.email)
    await signup.signUp(newcomer)
    await expect(page.getByRole('heading', MAIL_SENT)).toBeVisible()
    await page.goto(await mailbox.link(newcomer.email))
    await expect(page).toHaveURL('/dashboard')

    await page.context().clearCookies()
    const login = new LoginPage(page)
    await login.open('?next=/transactions')
    await login.signIn({ ...newcomer, password: 'not the password' })
    await expect(login.message).toContainText('not right')
    await login.signIn(newcomer)
    await expect(page).toHaveURL('/transactions')
  })
})
