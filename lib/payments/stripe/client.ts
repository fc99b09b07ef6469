import 'server-only'
import Stripe from 'stripe'
import { env } from '@/lib/env'
import { addressOf } from './address'

/** A buyer waits for these calls: better an early sentence than a minute of silence. */
const TIMEOUT_MS = 15_000

/** The Stripe SDK: at `STRIPE_BASE_URL` where that is set, else at Stripe. The key says whether it is live. */
export function createStripeClient(): Stripe {
  const { STRIPE_SECRET_KEY, STRIPE_BASE_URL } = env()
  return new Stripe(STRIPE_SECRET_KEY ?? '', {
    ...(STRIPE_BASE_URL && addressOf(STRIPE_BASE_URL)),
    timeout: TIMEOUT_MS,
    maxNetworkRetries: 1,
    telemetry: false,
  })
}
