import AxeBuilder from '@axe-core/playwright'
import { expect, test } from './fixtures.ts'
import { SignupPage } from './pages/index.ts'
import { AUTH_PAGES, DOCS_PAGES } from './support/page-paths.ts'

const LINK = '/auth/confirm?token_hash=guess&type=signup&email=ada%40example.com'

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme}`, () => {
    test.use({ colorScheme })

    for (const path of [...AUTH_PAGES, ...DOCS_PAGES, LINK]) {
      test(`${path} can be used by everyone`, async ({ page }) => {
        await page.goto(path)
        expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
      })
    }

    test('a form full of errors can be used by everyone', async ({ page }) => {
      const signup = new SignupPage(page)
      await signup.open()
      await signup.signUp('ada')
      await expect(signup.email).toBeFocused()
      expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
    })
  })
}
