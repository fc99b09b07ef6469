import { setTimeout as delay } from 'node:timers/promises'
import { chromium, request } from '@playwright/test'
import { createAccount, signIn } from '../../../e2e/support/accounts.ts'
import { startEverything } from '../../../e2e/support/start-everything.ts'
import { findChromium } from '../../../scripts/test/chromium.ts'
import { serveHttp } from '../../dev-stack/http-server.ts'
import { printTable } from './statistics.ts'

type Call = { path: string; before: boolean }

/** Which round trips to Auth and the database one paid tool call makes, and which of them the answer waits for. */
export async function benchCalls(): Promise<void> {
  let target = ''
  let answered = false
  const calls: Call[] = []
  const proxy = await serveHttp({
    port: 0,
    fetch: async (incoming) => {
      const { pathname, search } = new URL(incoming.url)
      calls.push({ path: `${incoming.method} ${pathname}`, before: !answered })
      const headers = new Headers(incoming.headers)
      headers.delete('host')
      const body = incoming.body ? await incoming.arrayBuffer() : undefined
      const response = await fetch(`${target}${pathname}${search}`, {
        method: incoming.method,
        headers,
        body,
      })
      const passed = new Headers(response.headers)
      passed.delete('content-encoding')
      passed.delete('content-length')
      return new Response(await response.arrayBuffer(), { status: response.status, headers: passed })
    },
  })
  const app = await startEverything({
    adapt: (env) => {
      target = env.NEXT_PUBLIC_SUPABASE_URL
      return { ...env, NEXT_PUBLIC_SUPABASE_URL: proxy.url }
    },
  })
  const browser = await chromium.launch({ executablePath: await findChromium(), args: ['--no-sandbox'] })
  try {
    const context = await browser.newContext()
    await signIn(context, await createAccount())
    const client = await request.newContext({ storageState: await context.storageState() })
    const run = () =>
      client.post(`${app.appUrl}/api/example-protected`, {
        data: { text: 'One sentence. And another one.', complexity: 'low' },
        headers: { origin: app.appUrl },
      })
    const settled = async () => {
      while (!calls.some(({ path }) => path.endsWith('settle_hold'))) await delay(20)
    }
    // The first call also fetches the keys that tokens are verified with, once for the life of the server.
    await run()
    await settled()
    calls.length = 0
    const response = await run()
    answered = true
    if (!response.ok()) throw new Error(`The run failed: ${await response.text()}`)
    await settled()
    printTable(
      ['round trip of one paid tool call', 'the answer waits for it'],
      calls.map(({ path, before }) => [path, before ? 'yes' : 'no']),
    )
  } finally {
    await browser.close()
    await app.stop()
    await proxy.close()
  }
}
