import { type BrowserContext, chromium } from '@playwright/test'
import lighthouse, { desktopConfig, type Result } from 'lighthouse'
import { createAccount, signIn } from '../../../e2e/support/accounts.ts'
import { startEverything } from '../../../e2e/support/start-everything.ts'
import { findChromium } from '../../../scripts/test/chromium.ts'
import { findFreePort } from '../../dev-stack/ports.ts'
import { makeTemporaryDirectory } from '../../dev-stack/temporary-directory.ts'
import { printTable } from './statistics.ts'

const PAGES = [
  '/',
  '/pricing', // #only payments
  '/login',
  '/dashboard',
]

const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo']

/** Lighthouse's scores of the production build (100 is best), and the JavaScript that each page loads. */
export async function benchLighthouse(): Promise<void> {
  const app = await startEverything()
  const port = await findFreePort(0)
  const profile = await makeTemporaryDirectory()
  // Lighthouse opens its pages in the browser's own profile.
  const browser = await chromium.launchPersistentContext(profile.path, {
    executablePath: await findChromium(),
    args: ['--no-sandbox', `--remote-debugging-port=${port}`],
  })
  try {
    const account = await createAccount()
    const rows: string[][] = []
    const faults: string[] = []
    for (const device of ['desktop', 'mobile'] as const) {
      for (const path of PAGES) {
        const url = `${app.appUrl}${path}`
        await browser.clearCookies()
        if (path === '/dashboard') await signIn(browser, account)
        // Rendered once before, as for every visitor but the first; in this browser nothing is left of it.
        await browser.request.get(url)
        await clearCache(browser)
        const report = await measure(url, { port, device })
        rows.push([path, device, ...CATEGORIES.map((name) => scoreOf(report, name)), scriptsOf(report)])
        faults.push(...faultsOf(report).map((fault) => `${path} (${device}): ${fault}`))
      }
    }
    printTable(['page', 'device', ...CATEGORIES, 'JavaScript KiB'], rows)
    if (faults.length > 0) console.log(`\nWhat cost points:\n${faults.join('\n')}`)
  } finally {
    await browser.close()
    await profile.remove()
    await app.stop()
  }
}

/** The cookies stay, unlike with Lighthouse's own reset. */
async function clearCache(browser: BrowserContext): Promise<void> {
  const page = await browser.newPage()
  const session = await browser.newCDPSession(page)
  await session.send('Network.clearBrowserCache')
  await page.close()
}

type Options = { port: number; device: 'desktop' | 'mobile' }

/** @throws when the page could not be measured */
async function measure(url: string, { port, device }: Options): Promise<Result> {
  const flags = {
    port,
    logLevel: 'error',
    onlyCategories: CATEGORIES,
    // Whoever is signed in stays so.
    disableStorageReset: true,
  } as const
  const result = await lighthouse(url, flags, device === 'desktop' ? desktopConfig : undefined)
  const problem = result ? result.lhr.runtimeError?.message : 'no result'
  if (!result || problem) throw new Error(`Lighthouse could not measure ${url}: ${problem}`)
  if (result.lhr.finalDisplayedUrl !== url) throw new Error(`${url} led to ${result.lhr.finalDisplayedUrl}.`)
  return result.lhr
}

function scoreOf({ categories }: Result, name: string): string {
  return Math.round((categories[name]?.score ?? 0) * 100).toString()
}

/** What the browser got as scripts, compressed. */
function scriptsOf({ audits }: Result): string {
  const details = audits['network-requests']?.details
  if (details?.type !== 'table') return '?'
  const bytes = details.items
    .filter(({ resourceType }) => resourceType === 'Script')
    .reduce((sum, { transferSize }) => sum + Number(transferSize), 0)
  return (bytes / 1024).toFixed(0)
}

/** The audits that count and were not passed, with what they found. */
function faultsOf({ categories, audits }: Result): string[] {
  const counted = Object.values(categories).flatMap(({ auditRefs }) =>
    auditRefs.filter(({ weight }) => weight > 0),
  )
  return counted.flatMap(({ id }) => {
    const audit = audits[id]
    if (!audit || audit.score === null || audit.score >= 0.9) return []
    return [`${audit.title}${audit.displayValue ? `: ${audit.displayValue}` : ''}`]
  })
}
