import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser } from '@playwright/test'
import sharp from 'sharp'
import type { Scene } from './scene.ts'
import { THEMES } from './take.ts'
import { goTo, openContext } from './visit.ts'

const SIZE_PX = { width: 1_440, height: 900 }
const SHOWN_PX = 1_200
/** The scenes of the README, each as `<picture>-light.webp` and `-dark.webp`. */
const PICTURES: Record<string, string> = {
  dashboard: 'dashboard',
  tool: 'tool-result', // #only text-generation
  business: 'admin-business', // #only payments admin
}

/** Takes the pictures of the README. */
export async function takeReadmePictures(
  browser: Browser,
  baseURL: string,
  { scenes, directory }: { scenes: readonly Scene[]; directory: string },
): Promise<void> {
  await mkdir(directory, { recursive: true })
  for (const [picture, name] of Object.entries(PICTURES)) {
    const scene = scenes.find((one) => one.name === name)
    if (!scene) throw new Error(`There is no scene ${name}.`)
    for (const colorScheme of THEMES) {
      const context = await openContext(browser, scene.as, { baseURL, colorScheme })
      const page = await context.newPage()
      await page.setViewportSize(SIZE_PX)
      await goTo(page, scene.path, scene.as)
      await scene.act?.(page)
      await page.evaluate(() => window.scrollTo(0, 0))
      const taken = await page.screenshot({ animations: 'disabled' })
      await sharp(taken)
        .resize({ width: SHOWN_PX })
        .webp({ quality: 86 })
        .toFile(join(directory, `${picture}-${colorScheme}.webp`))
      await context.close()
    }
  }
}
