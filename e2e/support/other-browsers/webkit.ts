import { spawn } from 'node:child_process'
import { existsSync, globSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { Builder, By, until, type WebDriver } from 'selenium-webdriver'
import { findFreePort } from '../../../packages/dev-stack/ports.ts'
import { type OtherBrowser, startingWith } from './browser.ts'

const DRIVER = '/usr/bin/WebKitWebDriver'
const SCREEN = '/usr/bin/Xvfb'
const [BROWSER] = globSync('/usr/lib/*/webkit2gtk-*/MiniBrowser')
const WAIT_MS = 30_000
const STEP_MS = 50

/** Why WebKit cannot be started here; undefined when it can. */
export const webkitMissing =
  existsSync(DRIVER) && existsSync(SCREEN) && BROWSER
    ? undefined
    : 'Debian’s webkit2gtk-driver and xvfb are not installed.'

/** WebKitGTK's own browser, over WebDriver, on a screen that nobody sees. */
export async function startWebkit(): Promise<OtherBrowser> {
  await using undo = new AsyncDisposableStack()
  const port = await findFreePort(0)
  const display = `:${port}`
  const screen = spawn(SCREEN, [display, '-screen', '0', '1280x900x24'], { stdio: 'ignore' })
  undo.defer(() => void screen.kill())
  const env = { ...process.env, DISPLAY: display, GDK_BACKEND: 'x11', LIBGL_ALWAYS_SOFTWARE: '1' }
  const service = spawn(DRIVER, ['-p', String(port)], { env, stdio: 'ignore' })
  undo.defer(() => void service.kill())
  const driver = await connect(`http://127.0.0.1:${port}`)
  undo.defer(() => driver.quit())

  const find = async (by: By) => {
    const element = await driver.wait(until.elementLocated(by), WAIT_MS)
    return driver.wait(until.elementIsVisible(element), WAIT_MS)
  }
  const running = undo.move()
  return {
    open: (url) => driver.get(url),
    type: async (selector, text) => (await find(By.css(selector))).sendKeys(text),
    press: async (tag, text) => {
      const element = await find(By.xpath(startingWith(tag, text)))
      await (await driver.wait(until.elementIsEnabled(element), WAIT_MS)).click()
    },
    async text(selector) {
      const [element] = await driver.findElements(By.css(selector))
      return element?.getText() ?? ''
    },
    run: (act) => driver.executeScript(act),
    signOut: () => driver.manage().deleteAllCookies(),
    close: () => running.disposeAsync(),
  }
}

/** A session, as soon as the driver answers. */
async function connect(url: string): Promise<WebDriver> {
  const options = { binary: BROWSER, args: ['--automation'] }
  const capabilities = { browserName: 'MiniBrowser', 'webkitgtk:browserOptions': options }
  for (const end = Date.now() + WAIT_MS; ; await delay(STEP_MS)) {
    try {
      return await new Builder().usingServer(url).withCapabilities(capabilities).build()
    } catch (error) {
      if (Date.now() > end) throw error
    }
  }
}
