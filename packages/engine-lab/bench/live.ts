import { chromium, type Page } from '@playwright/test'
import postgres from 'postgres'
import { createAccount, signIn } from '../../../e2e/support/accounts.ts'
import { startEverything } from '../../../e2e/support/start-everything.ts'
import { findChromium } from '../../../scripts/test/chromium.ts'
import { printTable, quantile } from './statistics.ts'

const CHANGES = 100
const WARM_UP = 5

/** From the commit of a balance change to the changed number in the header of a real page. */
export async function benchLive(): Promise<void> {
  const { appUrl, env, stop } = await startEverything()
  const sql = postgres(env.DATABASE_URL, { max: 1, connection: { role: 'service_role' } })
  const browser = await chromium.launch({ executablePath: await findChromium(), args: ['--no-sandbox'] })
  try {
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
    printTable(
      ['', 'p50 ms', 'p95 ms'],
      [
        [
          `commit to changed number, ${CHANGES} changes`,
          quantile(times, 0.5).toFixed(1),
          quantile(times, 0.95).toFixed(1),
        ],
      ],
    )
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
