import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import { findSmallTargets } from './small-targets.ts'

type Screen = { width: number; height: number; touch: boolean }

/** A phone, which a finger points at. */
export const PHONE: Screen = { width: 320, height: 844, touch: true }
const DESKTOP: Screen = { width: 1440, height: 900, touch: false }

/** Every rule of WCAG 2.2 AA and more: that of sizes has to be asked for. In the dark only colors are others. */
const RULES = {
  light: { rules: { 'target-size': { enabled: true } } },
  dark: { runOnly: ['color-contrast', 'link-in-text-block'] },
}
/** What a page leaves free at the side of a small screen. */
const MARGIN_PX = 16

/**
 * Expects that everyone can use a page as it stands, in both themes, on a phone and on a desktop: axe finds nothing,
 * nothing is wider than the screen, and a finger hits what it points at. Goes on after a fault, so that one run tells all.
 * @param name what stands there, for the message
 */
export async function expectAccessible(page: Page, name: string, screens = [DESKTOP, PHONE]): Promise<void> {
  // Not the skeleton that stands there before, nor what was streamed and stays, hidden, where React rendered it anew.
  await expect(page.locator('h1:visible').first()).toBeVisible()
  const size = page.viewportSize()
  // What it emulates lasts as long as it does.
  const session = await page.context().newCDPSession(page)
  for (const { touch, ...viewport } of screens) {
    await session.send('Emulation.setTouchEmulationEnabled', { enabled: touch })
    await page.setViewportSize(viewport)
    const at = `${name}, ${viewport.width} px`
    await expectWithinScreen(page, at)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await expect.poll(() => page.evaluate(findTheme), `the theme of ${at}`).toBe(colorScheme)
      const { violations } = await analyze(page, colorScheme)
      const found = violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)])
      expect.soft(found, `${at}, ${colorScheme}`).toEqual([])
    }
    if (touch) await expectLargeTargets(page, at)
  }
  await session.detach()
  if (size) await page.setViewportSize(size)
}

/** Polls, since the sizes for a finger follow a moment after it. */
async function expectLargeTargets(page: Page, at: string): Promise<void> {
  const small = () => page.evaluate(findSmallTargets)
  const settled = expect.configure({ soft: true })
  await settled.poll(small, `${at}: too small to touch`).toEqual([])
}

async function analyze(page: Page, colorScheme: keyof typeof RULES) {
  // What the rules find on one page needs no second one to be put together.
  const axe = new AxeBuilder({ page }).setLegacyMode().options(structuredClone(RULES[colorScheme]))
  // A menu stands beside the landmarks as long as it is open.
  if (await page.getByRole('menu').count()) axe.disableRules('region')
  return axe.analyze()
}

/** Polls, since what is drawn to fit follows a moment after the screen. */
async function expectWithinScreen(page: Page, name: string): Promise<void> {
  const overflow = () => page.evaluate(() => document.body.scrollWidth - window.innerWidth)
  await expect.poll(overflow, `${name} is wider than the screen by`).toBeLessThanOrEqual(0)
  const margin = async () => {
    const margins = await page
      .locator('main [data-slot=card]')
      .evaluateAll((cards) => cards.map((card) => window.innerWidth - card.getBoundingClientRect().right))
    return Math.min(...margins, MARGIN_PX)
  }
  await expect.poll(margin, `the margin beside the cards of ${name}`).toBeGreaterThanOrEqual(MARGIN_PX)
}

/** In the browser: whether a page is drawn on something light or dark, whichever way it chose its colors. */
function findTheme(): 'light' | 'dark' {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d')
  if (!canvas) throw new Error('Nothing can be drawn.')
  canvas.fillStyle = getComputedStyle(document.body).backgroundColor
  canvas.fillRect(0, 0, 1, 1)
  const [red = 0, green = 0, blue = 0] = canvas.getImageData(0, 0, 1, 1).data
  return red + green + blue > 1.5 * 255 ? 'light' : 'dark'
}
