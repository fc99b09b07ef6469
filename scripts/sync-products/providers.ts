import DodoPayments from 'dodopayments'
import Stripe from 'stripe' // #only stripe
import { syncProduct as syncDodoProduct } from '../../lib/payments/dodopayments/sync-product.ts'
import type { SyncingProvider } from '../../lib/payments/products/sync-package.ts'
import { addressOf } from '../../lib/payments/stripe/address.ts' // #only stripe
import { syncProduct as syncStripeProduct } from '../../lib/payments/stripe/sync-product.ts' // #only stripe
import type { Env } from '../user-env.ts'

/** A provider with keys, and which of its environments or addresses they are for, in words. */
type Target = { provider: SyncingProvider; name: string; target: string }

/** Every payment provider that has keys. @throws with a sentence when there is none */
export function listSyncingProviders(env: Env): Target[] {
  const found = [
    dodoPayments(env),
    stripe(env), // #only stripe
  ].filter((one) => one !== null)
  if (found.length > 0) return found
  throw new Error('No payment provider has keys. See .env.example for where to find them.')
}

function dodoPayments({ DODO_PAYMENTS_API_KEY: bearerToken, ...env }: Env): Target | null {
  if (!bearerToken) return null
  const { DODO_PAYMENTS_BASE_URL: baseURL, DODO_PAYMENTS_ENVIRONMENT } = env
  const environment = DODO_PAYMENTS_ENVIRONMENT === 'live_mode' ? 'live_mode' : 'test_mode'
  // Given an address and an environment, the SDK throws.
  const dodo = new DodoPayments({ bearerToken, ...(baseURL ? { baseURL } : { environment }) })
  return {
    provider: { id: 'dodopayments', syncProduct: (request) => syncDodoProduct(dodo, request) },
    name: 'DodoPayments',
    target: baseURL || environment.replace('_', ' '),
  }
}

// #region stripe
function stripe({ STRIPE_SECRET_KEY: key, STRIPE_BASE_URL: baseUrl }: Env): Target | null {
  if (!key) return null
  const client = new Stripe(key, { ...(baseUrl && addressOf(baseUrl)), telemetry: false })
  return {
    provider: { id: 'stripe', syncProduct: (request) => syncStripeProduct(client, request) },
    name: 'Stripe',
    target: baseUrl || (key.includes('_live_') ? 'live mode' : 'test mode'),
  }
}
// #endregion
