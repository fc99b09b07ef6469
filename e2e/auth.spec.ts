import { expect, test } from './fixtures.ts'
import { AppHeader, LoginPage, MailedLinkPage, PasswordPages, SignupPage } from './pages/index.ts'
import { askForLink } from './support/accounts.ts'
import { changeSession } from './support/session-cookie.ts'

const MAIL_SENT = { name: 'Check your mail' }

test('a newcomer signs up, opens the mailed link, chooses a password and finds free credits', async ({
  page,
  newcomer,
  mailbox,
}) => {
  const signup = new SignupPage(page)
  await signup.open()
  await signup.signUp(newcomer.email)
  await expect(page.getByRole('heading', MAIL_SENT)).toBeVisible()
  await expect(page.getByText(newcomer.email)).toBeVisible()

  const link = new MailedLinkPage(page)
  await link.redeem(await mailbox.link(newcomer.email))
  await expect(page.getByRole('heading', { name: 'Choose your password' })).toBeVisible()
  await link.choosePassword('short')
  await expect(page.getByText('Use at least 8 characters.')).toBeVisible()
  await link.choosePassword(newcomer.password)
  await expect(page).toHaveURL('/dashboard')
  await expect(new AppHeader(page).balance).toHaveText('100')

  await new AppHeader(page).signOut()
  await new LoginPage(page).signIn(newcomer)
  await expect(page).toHaveURL('/dashboard')
})

test('the tab that waits for the mail moves on when the link is opened next to it', async ({
  page,
  newcomer,
  mailbox,
}) => {
  const signup = new SignupPage(page)
  await signup.open('?next=/settings')
  await signup.signUp(newcomer.email)
  await expect(page.getByRole('heading', MAIL_SENT)).toBeVisible()

  const secondTab = await page.context().newPage()
  const link = new MailedLinkPage(secondTab)
  await link.redeem(await mailbox.link(newcomer.email))
  await expect(page).toHaveURL('/settings')
  await link.choosePassword(newcomer.password)
  await expect(secondTab).toHaveURL('/settings')
})

test('an account whose address is not confirmed stays shut until it is', async ({
  page,
  newcomer,
  mailbox,
}) => {
  const signup = new SignupPage(page)
  await signup.open()
  await signup.signUp(newcomer.email)
  await expect(page.getByRole('heading', MAIL_SENT)).toBeVisible()

  const login = new LoginPage(page)
  await login.open()
  await login.signIn(newcomer)
  await expect(login.message).toContainText('not right')
  await login.askForLink(newcomer.email)
  await expect(page.getByRole('heading', MAIL_SENT)).toBeVisible()

  expect(await mailbox.subjects(newcomer.email)).toEqual(Array(2).fill('Confirm your e-mail address'))
  await new MailedLinkPage(page).confirm(await mailbox.link(newcomer.email, 2), newcomer.password)
  await expect(page).toHaveURL('/dashboard')
})

test('a mail that did not arrive is sent again', async ({ page, newcomer, mailbox }) => {
  const signup = new SignupPage(page)
  await signup.open()
  await signup.signUp(newcomer.email)
  const first = await mailbox.link(newcomer.email)
  await page.getByRole('button', { name: 'Send it again' }).click()
  await expect(page.getByRole('status')).toContainText('Sent once more')

  const second = await mailbox.link(newcomer.email, 2)
  expect(second).not.toBe(first)
  await new MailedLinkPage(page).confirm(second, newcomer.password)
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
  await signup.signUp('ada')
  await expect(signup.email).toHaveAccessibleDescription('Enter an e-mail address like name@example.com.')
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
  await new MailedLinkPage(page).redeem(await mailbox.link(user.email))
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
  await new MailedLinkPage(page).redeem(await mailbox.link(user.email))
  await expect(page).toHaveURL('/dashboard')
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
  await new MailedLinkPage(page).redeem(link)
  await expect(page).toHaveURL('/transactions')

  const late = await openBrowser()
  await new MailedLinkPage(late).redeem(link)
  await expect(late.getByRole('heading', { name: 'This link no longer works' })).toBeVisible()
  await late.getByLabel('E-mail').fill(user.email)
  await late.getByRole('button', { name: 'Send a new link' }).click()
  await expect(late.getByRole('heading', MAIL_SENT)).toBeVisible()
  await new MailedLinkPage(late).redeem(await mailbox.link(user.email, 2))
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
    await signup.signUp('ada')
    await expect(page.getByText('Enter an e-mail address like name@example.com.')).toBeVisible()
    await expect(signup.email).toHaveValue('ada')
    await signup.signUp(newcomer.email)
    await expect(page.getByRole('heading', MAIL_SENT)).toBeVisible()
    const link = new MailedLinkPage(page)
    await link.redeem(await mailbox.link(newcomer.email))
    await link.choosePassword('short')
    await expect(page.getByText('Use at least 8 characters.')).toBeVisible()
    await link.choosePassword(newcomer.password)
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
