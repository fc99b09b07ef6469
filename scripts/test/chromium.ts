import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from '@playwright/test'
import { run } from './run.ts'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const MAC_CHROME = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'

/**
 * The browser of the end-to-end tests: `CHROMIUM_PATH`, Playwright's own, or one of this system. When there is none,
 * Playwright is asked to download its own.
 * @throws with a sentence when there is no browser and none could be downloaded
 */
export async function findChromium(): Promise<string> {
  const found = lookForChromium()
  if (found) return found
  console.log('No Chromium was found; Playwright downloads one now.')
  await run('playwright', ['install', 'chromium'])
  const installed = lookForChromium()
  if (installed) return installed
  throw new Error('The end-to-end tests need Chromium. Install it, or set CHROMIUM_PATH to one.')
}

function lookForChromium(): string | undefined {
  const fromPath = (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((directory) => NAMES.map((name) => join(directory, name)))
  const candidates = [process.env.CHROMIUM_PATH, chromium.executablePath(), ...fromPath, MAC_CHROME]
  return candidates.find((candidate) => candidate && existsSync(candidate))
}
