import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, BrowserContext } from '@playwright/test'
import type { Scene, Who } from './scene.ts'
import { goTo, openContext, settle } from './visit.ts'

export const WIDTHS = [320, 390, 768, 1440, 1920]
export const THEMES = ['light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

/** A phone's and a desktop's: pages are taken whole, dialogs as much as fits. */
const heightFor = (width: number) => (width < 768 ? 844 : 900)

type Order = {
  scenes: readonly Scene[]
  widths: readonly number[]
  themes: readonly Theme[]
  /** Where the pictures go, as `<theme>/<width>/<name>.png`. */
  directory: string
}

/** What a picture shows that it should not. */
export type Fault = { name: string; width: number; fault: string }

/** Takes every scene at every width in every theme, and says which could not be, or are wider than the screen. */
export async function takeShots(browser: Browser, baseURL: string, order: Order): Promise<Fault[]> {
  const contexts = new Map<Who | undefined, BrowserContext>()
  const faults: Fault[] = []
  for (const theme of order.themes) {
    for (const width of order.widths) {
      await mkdir(join(order.directory, theme, String(width)), { recursive: true })
    }
  }
  for (const scene of order.scenes) {
    const context = contexts.get(scene.as) ?? (await openContext(browser, scene.as, { baseURL }))
    contexts.set(scene.as, context)
    faults.push(...(await takeScene(context, scene, order)))
  }
  for (const context of contexts.values()) await context.close()
  return faults
}

async function takeScene(context: BrowserContext, scene: Scene, order: Order): Promise<Fault[]> {
  const faults: Fault[] = []
  const { name, path, as: who, act } = scene
  for (const width of order.widths) {
    const page = await context.newPage()
    try {
      await page.setViewportSize({ width, height: heightFor(width) })
      await goTo(page, path, who)
      await act?.(page)
      const over = await page.evaluate(() => document.body.scrollWidth - window.innerWidth)
      if (over > 0) faults.push({ name, width, fault: `${over} px wider than the screen` })
      for (const colorScheme of order.themes) {
        await page.emulateMedia({ colorScheme })
        await settle(page)
        // The header sticks to where a page was scrolled to.
        await page.evaluate(() => window.scrollTo(0, 0))
        await page.screenshot({
          path: join(order.directory, colorScheme, String(width), `${name}.png`),
          fullPage: !(await page.getByRole('dialog').or(page.getByRole('alertdialog')).count()),
          animations: 'disabled',
        })
      }
    } catch (error) {
      faults.push({
        name,
        width,
        fault: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error),
      })
    } finally {
      await page.close()
    }
  }
  return faults
}
