import { chromium } from '@playwright/test'
import { createAccount, signIn } from '../../../e2e/support/accounts.ts'
import { cookieHeader } from '../../../e2e/support/session-cookie.ts'
import { startEverything } from '../../../e2e/support/start-everything.ts'
import { findChromium } from '../../../scripts/test/chromium.ts'
import { timeOf } from './time-of.ts'

const WARM_UP = 100

/** Requests of one route, by many clients at once for a while: how long each took, in ms. */
type Serve = (clients: number, forMs: number) => Promise<number[]>

/** A production build that serves `GET /api/credits` to somebody who is signed in, with a Redis or without. */
export async function serveBalances(undo: AsyncDisposableStack, redisUrl?: string): Promise<Serve> {
  const app = await startEverything({
    adapt: (env) => ({ ...env, ...(redisUrl && { REDIS_URL: redisUrl }) }),
  })
  undo.defer(app.stop)
  const browser = await chromium.launch({ executablePath: await findChromium(), args: ['--no-sandbox'] })
  const context = await browser.newContext()
  await signIn(context, await createAccount())
  const cookie = await cookieHeader(context, app.appUrl)
  await browser.close()
  const read = () => timeOf(`${app.appUrl}/api/credits`, { cookie })
  for (let call = 0; call < WARM_UP; call++) await read()
  return async (clients, forMs) => {
    const samples: number[] = []
    const start = performance.now()
    async function client() {
      while (performance.now() - start < forMs) samples.push(await read())
    }
    await Promise.all(Array.from({ length: clients }, client))
    return samples
  }
}
