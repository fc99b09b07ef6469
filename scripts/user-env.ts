import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'

export type Env = Record<string, string | undefined>

/**
 * The environment as Next.js will see it: that of the process, then the `.env` files of the project,
 * the more special before the more general.
 */
export function readUserEnv(directory: string, mode: 'development' | 'production'): Env {
  const files = ['.env', `.env.${mode}`, '.env.local', `.env.${mode}.local`]
  return Object.assign({}, ...files.map((file) => readEnvFile(join(directory, file))), process.env)
}

function readEnvFile(path: string): Env {
  try {
    return parseEnv(readFileSync(path, 'utf8'))
  } catch {
    return {}
  }
}

/** How keys of the sandbox begin: no key of the real service does. */
const SANDBOX_KEY = /^(dodo_sandbox_|sk_test_sandbox_)/

/**
 * The stack replaces every payment setting by those of its own sandbox. Whoever set real ones expects them
 * to be used, or has left live ones lying around; neither may go unnoticed.
 * @throws with a sentence that says which setting is in the way and what to do.
 */
export function refuseRealPaymentKeys(env: Env): void {
  const { DODO_PAYMENTS_API_KEY: key, STRIPE_SECRET_KEY: stripeKey } = env
  const reason =
    env.DODO_PAYMENTS_ENVIRONMENT === 'live_mode'
      ? 'DODO_PAYMENTS_ENVIRONMENT is live_mode'
      : key && !SANDBOX_KEY.test(key)
        ? 'DODO_PAYMENTS_API_KEY holds a key of your own'
        : stripeKey && !SANDBOX_KEY.test(stripeKey)
          ? 'STRIPE_SECRET_KEY holds a key of your own'
          : undefined
  if (!reason) return
  throw new Error(
    `${reason}, but NEXT_PUBLIC_SUPABASE_URL is not set, so the embedded stack would run, whose payments are make-believe. Remove it from the environment and the .env files, or set NEXT_PUBLIC_SUPABASE_URL to use real services.`,
  )
}
