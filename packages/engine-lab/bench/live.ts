import { chromium, type Page } from '@playwright/test'
import postgres from 'postgres'
import { createAccount, signIn } from '../../../e2e/support/accounts.ts'
import { startEverything } from '../../../e2e/support/start-everything.ts'
import { LIVE_MODES, type LiveMode } from '../../../lib/env/live-mode.ts'
import { findChromium } from '../../../scripts/test/chromium.ts'
import { benchSockets } from './sockets.ts'
import { printTable, quantile } from './statistics.ts'

const CHANGES = 100
const WARM_UP = 5

/** In both live modes: to a page, and to very many sockets. */
export async function benchLive(): Promise<void> {
  const rows: string[][] = []
  for (const mode of LIVE_MODES) rows.push([mode, ...(await timeHeader(mode))])
  printTable([`commit to changed number in a header, ${CHANGES} changes, by`, 'p50 ms', 'p95 ms'], rows)
  console.log()
  await benchSockets()
}

/** From the commit of a balance change to the changed number in the header of a real page. */
async function timeHeader(mode: LiveMode): Promise<string[]> {
  const { appUrl, env, stop } = await startEverything({ adapt: (env) => ({ ...env, LIVE_MODE: mode }) })
  const sql = postgres(env.DATABASE_URL, { max: 1, connection: { role: 'service_role' } })
  const browser = await chromium.launch({ executablePath: await findChromium(), args: ['--no-sandbox'] })
  try {
    await sql`select set_live_mode(${mode})`
    const account = await createAccount()
    const context = await browser.newContext()
    await signIn(context, account)
    const page = await context.newPage()
    await page.goto(`${appUrl}/dashboard`)
    await page.locator('[data-status="live"]').waitFor()
    await sql`select add_credits(${account.id}, 1000)`
    await page.locator('[data-testid="credit-balance"]', { hasText: '1,100' }).waitFor()

    const times: number[] = []
    for (let i = 0; i < WARM_UP + CHANGES; i++) {
      const changed = nextChange(page)
      await sql`select deduct_credits(${account.id}, 1)`
      const committedAt = performance.timeOrigin + performance.now()
      if (i >= WARM_UP) times.push((await changed) - committedAt)
      await changed
    }
    return [0.5, 0.95].map((share) => quantile(times, share).toFixed(1))
  } finally {
    await browser.close()
    await sql.end()
    await stop()
  }
}

/** When the number in the header is next drawn anew, in ms since 1970 by the clock both processes share. */
function nextChange(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const number = document.querySelector('[data-testid="credit-balance"]')
        if (!number) throw new Error('The page has no balance.')
        const observer = new MutationObserver(() => {
          observer.disconnect()
          resolve(performance.timeOrigin + performance.now())
        })
        observer.observe(number, { childList: true, characterData: true, subtree: true })
      }),
  )
}
