import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type Browser, expect, type Page } from '@playwright/test'
import sharp from 'sharp'
import { ARTICLE } from './dialogs.ts'
import { goTo, openContext } from './visit.ts'

const TAB_PX = { width: 800, height: 560 }
const SHOWN_PX = { width: 560, height: 392 }
const GAP_PX = 12
const RUNS = 2
/** How long the last frame of a run is looked at. */
const LINGER_MS = 1_600
const FIRST_MS = 1_200
const LEAST_MS = 40
/** How often both tabs are pictured while their balance counts. */
const FRAMES = 7

type Frame = { picture: Buffer; shownMs: number }

/** Pictures two tabs of one person: the left one runs a tool, and the balance of both counts to what is left. */
export async function takeAnimation(browser: Browser, baseURL: string, file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  const context = await openContext(browser, 'uma', { baseURL, reducedMotion: 'no-preference' })
  const [left, right] = [await context.newPage(), await context.newPage()]
  for (const page of [left, right]) await page.setViewportSize(TAB_PX)
  await goTo(right, '/transactions', 'uma')
  await goTo(left, '/example-tool', 'uma')
  await left.getByLabel('Text', { exact: true }).fill(ARTICLE)
  const frames: Frame[] = [{ picture: await picture(left, right), shownMs: FIRST_MS }]
  for (let run = 0; run < RUNS; run++) frames.push(...(await takeRun(left, right)))
  await context.close()
  await sharp(
    frames.map((frame) => frame.picture),
    { join: { animated: true } },
  )
    .webp({ quality: 80, loop: 0, delay: frames.map(({ shownMs }) => shownMs) })
    .toFile(file)
}

async function takeRun(left: Page, right: Page): Promise<Frame[]> {
  const balance = right.getByTestId('credit-balance')
  const before = await balance.textContent()
  await left.getByRole('button', { name: /^Summarize/ }).click()
  await expect(balance).not.toHaveText(before ?? '')
  const frames: Frame[] = []
  let last = performance.now()
  for (let count = 0; count < FRAMES; count++) {
    const taken = await picture(left, right)
    const now = performance.now()
    frames.push({ picture: taken, shownMs: Math.max(LEAST_MS, Math.round(now - last)) })
    last = now
  }
  frames.push({ picture: await picture(left, right), shownMs: LINGER_MS })
  return frames
}

/** Both tabs beside each other, at the same time. */
async function picture(left: Page, right: Page): Promise<Buffer> {
  const taken = await Promise.all([left, right].map((page) => page.screenshot()))
  const shown = await Promise.all(taken.map((tab) => sharp(tab).resize(SHOWN_PX).toBuffer()))
  const width = 2 * SHOWN_PX.width + GAP_PX
  return await sharp({ create: { width, height: SHOWN_PX.height, channels: 3, background: '#d4d4d8' } })
    .composite(shown.map((input, index) => ({ input, top: 0, left: index * (SHOWN_PX.width + GAP_PX) })))
    .png()
    .toBuffer()
}
