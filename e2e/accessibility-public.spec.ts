import { expect, test } from './fixtures.ts'
import { SignupPage } from './pages/index.ts'
import { expectAccessible, PHONE } from './support/expect-accessible.ts'
import { AUTH_PAGES, DOCS_PAGES, PUBLIC_PAGES } from './support/page-paths.ts'

const LINK = '/auth/confirm?token_hash=guess&type=signup&email=ada%40example.com'

for (const path of [...PUBLIC_PAGES, ...AUTH_PAGES, ...DOCS_PAGES, LINK, '/nonsense']) {
  test(`${path} can be used by everyone`, async ({ page }) => {
    await page.goto(path)
    await expectAccessible(page, path)
  })
}

test('a form full of errors can be used by everyone', async ({ page }) => {
  const signup = new SignupPage(page)
  await signup.open()
  await signup.signUp('ada')
  await expect(signup.email).toBeFocused()
  await expectAccessible(page, 'errors')
})

test('the menu of the public pages can be used by everyone', async ({ page }) => {
  await page.setViewportSize(PHONE)
  await page.goto('/')
  await page.getByRole('button', { name: 'Open menu' }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await expectAccessible(page, 'menu', [PHONE])
})
