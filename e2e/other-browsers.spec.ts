import { expect, test } from './fixtures.ts'
import type { Account } from './support/accounts.ts'
import { stackEnv } from './support/environment.ts'
import { charge } from './support/ledger.ts'
import type { OtherBrowser } from './support/other-browsers/browser.ts'
import { firefoxMissing, startFirefox } from './support/other-browsers/firefox.ts'
import { startWebkit, webkitMissing } from './support/other-browsers/webkit.ts'
import { wrapTexts } from './support/translate.ts'

const TEXT = 'Ships carried coal. The harbor made the town rich. Then the railway came.'
const BALANCE = '[data-testid=credit-balance]'
const SUMMARY = '[data-testid=summary]'

const BROWSERS = [
  { name: 'Firefox', missing: firefoxMissing, start: startFirefox },
  { name: 'WebKit', missing: webkitMissing, start: startWebkit },
]

for (const { name, missing, start } of BROWSERS) {
  test.describe(name, () => {
    test.skip(missing !== undefined, missing)

    let browser: OtherBrowser
    test.beforeEach(async () => {
      browser = await start()
    })
    test.afterEach(() => browser.close())

    const open = (path: string) => browser.open(`${stackEnv('APP_URL')}${path}`)
    const see = (selector: string) => expect.poll(() => browser.text(selector))

    async function openTool({ email, password }: Account): Promise<void> {
      await open('/login?next=/example-tool')
      await browser.type('input[name=email]', email)
      await browser.type('input[name=password]', password)
      await browser.press('button', 'Sign in')
      await see(BALANCE).toBe('100')
      await browser.type('textarea', TEXT)
    }

    test('signs in, spends credits, and sees what another place spends', async ({ user, sql }) => {
      await openTool(user)
      await browser.press('button', 'Summarize')
      await see(SUMMARY).toContain('1 credit spent')
      await see(BALANCE).toBe('99')
      await see('[data-status=live]').not.toBe('')
      await charge(sql, user.id, { amount: 9 })
      await see(BALANCE).toBe('90')
    })

    test('runs a tool on a page that is translated', async ({ user }) => {
      await openTool(user)
      await browser.run(wrapTexts)
      await browser.press('button', 'Summarize')
      await see(SUMMARY).toContain('1 credit spent')
      expect(await browser.text('h1')).toBe('Summarize a text')
    })

    test('runs a tool where the page is no secure context', async ({ user }) => {
      await openTool(user)
      await browser.run(() => void Object.defineProperty(crypto, 'randomUUID', { value: undefined }))
      await browser.press('button', 'Summarize')
      await see(SUMMARY).toContain('1 credit spent')
    })

    test('keeps what was typed when the session has ended, and offers to sign in', async ({ user }) => {
      await openTool(user)
      await browser.signOut()
      await browser.press('button', 'Summarize')
      await see('[data-sonner-toast]').toMatch(/sign in/i)
      expect(await browser.run(() => document.querySelector('textarea')?.value)).toBe(TEXT)
    })
  })
}
