import { existsSync } from 'node:fs'
import { launch } from 'puppeteer-core'
import { type OtherBrowser, startingWith } from './browser.ts'

const PROGRAM = '/usr/bin/firefox-esr'
const WAIT_MS = 30_000

/** Why Firefox cannot be started here; undefined when it can. */
export const firefoxMissing = existsSync(PROGRAM) ? undefined : 'Debian’s firefox-esr is not installed.'

/** Firefox, over WebDriver BiDi, which it speaks itself. */
export async function startFirefox(): Promise<OtherBrowser> {
  const browser = await launch({ browser: 'firefox', executablePath: PROGRAM, headless: true })
  const page = await browser.newPage()
  await page.setViewport({ width: 1280, height: 900 })
  return {
    open: async (url) => void (await page.goto(url, { waitUntil: 'load' })),
    type: (selector, text) =>
      page
        .locator(selector)
        .setTimeout(WAIT_MS)
        .click()
        .then(() => page.keyboard.type(text)),
    press: (tag, text) =>
      page
        .locator(`::-p-xpath(${startingWith(tag, text)})`)
        .setTimeout(WAIT_MS)
        .click(),
    text: async (selector) =>
      (await page.$(selector))?.evaluate((element) => element.textContent ?? '') ?? '',
    run: (act) => page.evaluate(act),
    async signOut() {
      for (const { name } of await page.cookies()) await page.deleteCookie({ name })
    },
    close: () => browser.close(),
  }
}
