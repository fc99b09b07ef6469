import { expect, test } from './fixtures.ts'
import { LoginPage, MailedLinkPage, PasswordPages, SignupPage } from './pages/index.ts'
import { askForLink, signUpWithPassword } from './support/accounts.ts'
import { readSession } from './support/session-cookie.ts'

test.describe('a mailed link', () => {
  test('survives programs that open it before its reader does', async ({ page, user, mailbox, request }) => {
    await new PasswordPages(page).askForLink(user.email)
    const link = await mailbox.link(user.email)
    await request.head(link)
    const opened = await request.get(link)
    expect(opened.status()).toBe(200)
    expect(opened.headersArray().filter(({ name }) => name.toLowerCase() === 'set-cookie')).toEqual([])

    await new MailedLinkPage(page).redeem(link)
    await expect(page).toHaveURL('/reset-password')
  })

  test('of a sign-up confirms nothing until its button is pressed', async ({
    page,
    newcomer,
    mailbox,
    request,
    sql,
  }) => {
    const signup = new SignupPage(page)
    await signup.open()
    await signup.signUp(newcomer.email)
    const link = await mailbox.link(newcomer.email)
    await request.get(link)
    const isConfirmed = async () =>
      (
        await sql`select email_confirmed_at is not null as yes from auth.users where email = ${newcomer.email}`
      )[0]
    expect(await isConfirmed()).toEqual({ yes: false })
    await new MailedLinkPage(page).confirm(link, newcomer.password)
    await expect(page).toHaveURL('/dashboard')
    expect(await isConfirmed()).toEqual({ yes: true })
  })

  test('says whose it is to who is signed in, and switches only when told to', async ({
    userPage: page,
    user,
    admin,
    mailbox,
  }) => {
    await askForLink(admin.email)
    const link = new MailedLinkPage(page)
    await page.goto(await mailbox.link(admin.email))
    await expect(link.warning).toContainText(`You are signed in as ${user.email}.`)
    await expect(link.warning).toContainText(`signs this browser in as ${admin.email} instead`)
    await page.getByRole('link', { name: `Stay signed in as ${user.email}` }).click()
    await expect(page).toHaveURL('/dashboard')
    await page.goto('/settings')
    await expect(page.getByText(`You sign in as ${user.email}.`)).toBeVisible()

    await link.redeem(await mailbox.link(admin.email))
    await expect(page).toHaveURL('/dashboard')
    await page.goto('/settings')
    await expect(page.getByText(`You sign in as ${admin.email}.`)).toBeVisible()
  })

  test('that names another account than its own switches nobody', async ({
    userPage: page,
    user,
    admin,
    mailbox,
  }) => {
    await askForLink(admin.email)
    const forged = new URL(await mailbox.link(admin.email))
    forged.searchParams.set('email', user.email)
    await new MailedLinkPage(page).redeem(forged.href)
    await expect(page.getByRole('heading', { name: 'This link no longer works' })).toBeVisible()
    await page.goto('/settings')
    await expect(page.getByText(`You sign in as ${user.email}.`)).toBeVisible()
  })

  for (const query of [
    '',
    '?token_hash=',
    '?token_hash=guess&type=email',
    '?token_hash=x&type=sms&email=ada@example.com',
    '?type=recovery&email=ada@example.com',
  ]) {
    test(`with ${query || 'nothing in it'} signs nobody in`, async ({ page }) => {
      await page.goto(`/auth/confirm${query}`)
      await expect(page.getByRole('heading', { name: 'This link no longer works' })).toBeVisible()
      expect(await readSession(page.context())).toBeUndefined()
    })
  }

  test('with a guess in it signs nobody in', async ({ page }) => {
    await new MailedLinkPage(page).redeem('/auth/confirm?token_hash=guess&type=email&email=ada@example.com')
    await expect(page.getByRole('heading', { name: 'This link no longer works' })).toBeVisible()
    expect(await readSession(page.context())).toBeUndefined()
  })
})

test.describe('an address that a stranger signed up with', () => {
  for (const order of ['before', 'after']) {
    test(`${order} its owner did is the owner's alone`, async ({ page, newcomer, mailbox, openBrowser }) => {
      const stranger = { ...newcomer, password: 'the password of a stranger' }
      const signup = new SignupPage(page)
      if (order === 'before') await signUpWithPassword(stranger)
      await signup.open()
      await signup.signUp(newcomer.email)
      await expect(page.getByRole('heading', { name: 'Check your mail' })).toBeVisible()
      if (order === 'after') await signUpWithPassword(stranger)

      await new MailedLinkPage(page).redeem(await mailbox.link(newcomer.email, 2))
      await expect(page.getByRole('heading', { name: 'Choose your password' })).toBeVisible()
      const login = new LoginPage(await openBrowser())
      await login.open()
      await login.signIn(stranger)
      await expect(login.message).toContainText('not right')

      await new MailedLinkPage(page).choosePassword(newcomer.password)
      await expect(page).toHaveURL('/dashboard')
      await login.signIn(stranger)
      await expect(login.message).toContainText('not right')
      await login.signIn(newcomer)
      await expect(login.page).toHaveURL('/dashboard')
    })
  }
})
