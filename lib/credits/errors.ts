import { AppError } from '@/lib/http/errors'

/** A refusal of the credit engine, with its stable code. Nothing was changed. */
export class CreditError extends AppError {}

/** 402: the wallet cannot pay. `details` carries `currentBalance`, `requiredCredits` and `shortfall`, in credits. */
export class InsufficientCreditsError extends CreditError {
  constructor(balance: number, required: number) {
    const message = `This takes ${required} credits and you have ${balance}. Buy more to continue.`
    const details = { currentBalance: balance, requiredCredits: required, shortfall: required - balance }
    super('insufficient_credits', 402, message, details)
  }
}

/** 429: too often. `details.retryAfterSeconds` is also the `Retry-After` header of the answer. */
export class RateLimitedError extends CreditError {
  constructor(message: string, retryAfterMs: number) {
    super('rate_limited', 429, message, { retryAfterSeconds: Math.ceil(retryAfterMs / 1000) })
  }
}

const STATUS_BY_CODE: Record<string, number> = {
  user_not_found: 404,
  transaction_not_found: 404,
  hold_not_found: 404,
  unknown_credit_type: 404,
  unknown_tier: 404,
  forbidden: 403,
  membership_required: 403,
  idempotency_conflict: 409,
  not_refundable: 409,
  hold_open: 409,
  hold_closed: 409,
  balance_limit: 409,
}

/** The error that says what the engine refused; an unlisted code is a bad request. */
export function refusalToError(
  refusal: { code: string; message: string } & Record<string, unknown>,
): CreditError {
  const { code, message, ok: _, ...details } = refusal
  if (code === 'insufficient_credits') {
    return new InsufficientCreditsError(Number(details.balance), Number(details.required))
  }
  if (code === 'rate_limited') return new RateLimitedError(message, Number(details.retry_after_ms))
  return new CreditError(code, STATUS_BY_CODE[code] ?? 400, message, details)
}
