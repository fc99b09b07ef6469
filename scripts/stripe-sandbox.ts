import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SEEDED_PACKAGES } from '../lib/pricing-plans.ts'
import { findFreePort, SERVICE_STEP } from '../packages/dev-stack/ports.ts'
import { startStripeSandbox } from '../packages/dev-stack/stripe/index.ts'

const PORT = 54327

/** What an app needs to sell through the sandbox. */
export type StripeEnv = {
  PAYMENT_PROVIDER: string
  STRIPE_BASE_URL: string
  STRIPE_SECRET_KEY: string
  STRIPE_WEBHOOK_SECRET: string
}

type Options = { directory: string; appUrl: string; anyPort: boolean }

/** Starts the Stripe sandbox beside the stack, for new checkouts. Its keys and payments are kept in `directory`. */
export async function startStripe({ directory, appUrl, anyPort }: Options) {
  const folder = join(directory, 'stripe')
  const keys = await loadKeys(folder)
  const sandbox = await startStripeSandbox({
    ...keys,
    directory: folder,
    port: await findFreePort(anyPort ? 0 : PORT, SERVICE_STEP),
    webhookUrl: `${appUrl}/api/stripe/webhook`,
    products: SEEDED_PACKAGES.flatMap(({ productIds, name, description }) =>
      productIds.stripe ? [{ productId: productIds.stripe, name, description }] : [],
    ),
  })
  const env: StripeEnv = {
    PAYMENT_PROVIDER: 'stripe',
    STRIPE_BASE_URL: sandbox.url,
    STRIPE_SECRET_KEY: keys.secretKey,
    STRIPE_WEBHOOK_SECRET: keys.webhookSecret,
  }
  return { env, close: sandbox.close }
}

/** Written once, readable by their owner alone. */
async function loadKeys(folder: string): Promise<{ secretKey: string; webhookSecret: string }> {
  const file = join(folder, 'keys.json')
  const random = () => randomBytes(22).toString('base64url')
  const fresh = { secretKey: `sk_test_sandbox_${random()}`, webhookSecret: `whsec_${random()}` }
  const stored = await readFile(file, 'utf8').then(JSON.parse, () => null)
  if (stored) return { ...fresh, ...stored }
  await mkdir(folder, { recursive: true })
  await writeFile(file, `${JSON.stringify(fresh, null, 2)}\n`, { mode: 0o600 })
  return fresh
}
