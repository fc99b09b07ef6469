import { CreditsSDKError, InsufficientCreditsError } from 'credit-sdk'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

const STATUSES: Readonly<Record<string, ContentfulStatusCode>> = {
  INSUFFICIENT_CREDITS: 402,
  MEMBERSHIP_REQUIRED: 403,
  USER_NOT_FOUND: 404,
  IDEMPOTENCY_KEY_CONFLICT: 409,
  INVALID_ARGUMENT: 400,
  MISSING_VARIABLE: 400,
}

/** What a client is told about an error; undefined for one that is none of its business. */
export function describeError(error: unknown) {
  if (!(error instanceof CreditsSDKError)) return undefined
  const status = STATUSES[error.code]
  if (!status) return undefined
  const missing = error instanceof InsufficientCreditsError ? error.required - error.available : undefined
  return { status, body: { error: error.code, message: error.message, missing } }
}
