import { type Browser, type BrowserContext, chromium, expect, type Page } from '@playwright/test'
import { signIn } from '../../e2e/support/accounts.ts'
import { CAST, DEMO_PASSWORD } from '../demo/people.ts'
import { SEED_LOGINS } from '../seed-logins.ts'
import { findChromium } from '../test/chromium.ts'
import type { Who } from './scene.ts'

const SEEDED = new Map<string, string>([
  [SEED_LOGINS.SEED_USER_EMAIL, SEED_LOGINS.SEED_USER_PASSWORD],
  [SEED_LOGINS.SEED_ADMIN_EMAIL, SEED_LOGINS.SEED_ADMIN_PASSWORD],
])

export async function startBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: await findChromium(), args: ['--no-sandbox'] })
}

type Look = { baseURL: string; colorScheme?: 'light' | 'dark'; reducedMotion?: 'reduce' | 'no-preference' }

/** A browser of somebody of the demo, or of a visitor: all of it stands still, in one zone and language. */
export async function openContext(
  browser: Browser,
  who: Who | undefined,
  look: Look,
): Promise<BrowserContext> {
  const { baseURL, colorScheme = 'light', reducedMotion = 'reduce' } = look
  const context = await browser.newContext({
    ...{ baseURL, colorScheme, reducedMotion, locale: 'en-US', timezoneId: 'America/New_York' },
  })
  if (who) {
    const { email } = CAST[who]
    await signIn(context, { email, password: SEEDED.get(email) ?? DEMO_PASSWORD })
  }
  return context
}

/** Goes to a page and waits until it is all there: followed live, where somebody has signed in. */
export async function goTo(page: Page, path: string, who: Who | undefined): Promise<void> {
  await page.goto(path)
  await expect(page.getByRole('heading', { level: 1, includeHidden: true }).first()).toBeVisible()
  if (who) await expect(page.getByRole('banner').locator('[data-status="live"]').first()).toBeAttached()
  await expect(page.locator('[data-slot=skeleton]:visible')).toHaveCount(0)
  await settle(page)
}

/** Waits until nothing changes its size any more, charts included. */
export async function settle(page: Page): Promise<void> {
  await page.evaluate(async (frames) => {
    await document.fonts.ready
    const measure = () =>
      [document.documentElement, ...document.querySelectorAll('svg')]
        .map((element) => `${element.scrollHeight} ${element.getBoundingClientRect().width}`)
        .join()
    let last = measure()
    for (let same = 0; same < frames; ) {
      await new Promise(requestAnimationFrame)
      const next = measure()
      same = next === last ? same + 1 : 0
      last = next
    }
  }, STILL_FRAMES)
}

const STILL_FRAMES = 12
