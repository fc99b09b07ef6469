import { findFreePort } from '../../packages/dev-stack/ports.ts'
import { startStripeSandbox } from '../../packages/dev-stack/stripe/index.ts'
import { makeTemporaryDirectory } from '../../packages/dev-stack/temporary-directory.ts'
import { testProject } from '../../supabase/tests/test-project.ts'
import type { Database } from './database.ts'
import { NO_WORKER, startApp } from './start-app.ts'

const KEYS = { secretKey: 'sk_test_sandbox_e2e', webhookSecret: 'whsec_a_secret_of_this_test' }

/**
 * A server of its own that sells through a Stripe sandbox, on the stack and the build that all tests share. What is for
 * sale is sold at Stripe under the same product ids.
 */
export async function startStripeApp(sql: Database) {
  await using undo = new AsyncDisposableStack()
  await sql`
    insert into package_products (package_id, provider, product_id)
    select package_id, 'stripe', product_id from package_products where provider = 'dodopayments'
    on conflict do nothing`
  const directory = undo.adopt(await makeTemporaryDirectory(), (made) => made.remove())
  const port = await findFreePort(0)
  const url = `http://localhost:${port}`
  const sandbox = undo.adopt(
    await startStripeSandbox({
      ...KEYS,
      directory: directory.path,
      port: 0,
      webhookUrl: `${url}/api/stripe/webhook`,
      products: testProject.products,
    }),
    (started) => started.close(),
  )
  const env = {
    ...NO_WORKER,
    APP_URL: url,
    PAYMENT_PROVIDER: 'stripe',
    STRIPE_BASE_URL: sandbox.url,
    STRIPE_SECRET_KEY: KEYS.secretKey,
    STRIPE_WEBHOOK_SECRET: KEYS.webhookSecret,
  }
  undo.adopt(await startApp({ port, url, env }), (app) => app.stop())
  const running = undo.move()
  return {
    url,
    /** Has time, a bank or the dashboard do something. */
    async control(path: string, body: object = {}): Promise<void> {
      const response = await fetch(`${sandbox.url}/sandbox${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      if (!response.ok) throw new Error(`The sandbox answered ${response.status} to ${path}.`)
    },
    /** The disputes there are, by their own ids. */
    async disputes(): Promise<string[]> {
      const response = await fetch(`${sandbox.url}/sandbox/deliveries`)
      const { items }: { items: { object: { kind: string; id: string } }[] } = await response.json()
      return items.filter(({ object }) => object.kind === 'dispute').map(({ object }) => object.id)
    },
    stop: () => running.disposeAsync(),
  }
}
