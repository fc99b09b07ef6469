import 'server-only'
import DodoPayments from 'dodopayments'
import { env } from '@/lib/env'

/** A buyer waits for these calls: better an early sentence than a minute of silence. */
const TIMEOUT_MS = 15_000

/** The DodoPayments SDK: at `DODO_PAYMENTS_BASE_URL` where that is set, else in the configured environment. */
export function createDodoClient(): DodoPayments {
  const { DODO_PAYMENTS_API_KEY, DODO_PAYMENTS_BASE_URL, DODO_PAYMENTS_ENVIRONMENT } = env()
  // Given both, the SDK throws.
  const target = DODO_PAYMENTS_BASE_URL
    ? { baseURL: DODO_PAYMENTS_BASE_URL }
    : { environment: DODO_PAYMENTS_ENVIRONMENT }
  return new DodoPayments({
    ...target,
    bearerToken: DODO_PAYMENTS_API_KEY ?? '',
    timeout: TIMEOUT_MS,
    maxRetries: 1,
  })
}
