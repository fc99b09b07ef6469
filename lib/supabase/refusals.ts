import { nameUnit } from '@/lib/credit-type'
import { countCredits, formatCredits } from '@/lib/format'
import { AppError } from '@/lib/http/errors'

/** What an SQL function refused, with its stable code. Nothing was changed. */
export class RefusedError extends AppError {}

/**
 * 402: the wallet cannot pay. `details` carries `currentBalance`, `requiredCredits` and `shortfall`, in credits of
 * `creditType`. The message is always `Insufficient credits`; `sentence` says it with both numbers.
 */
export class InsufficientCreditsError extends RefusedError {
  /** What the wallet can spend now, in whole credits. */
  readonly available: number
  /** What was asked for, in whole credits. */
  readonly required: number

  constructor(balance: number, required: number, creditType: string) {
    const shortfall = required - balance
    const details = { currentBalance: balance, requiredCredits: required, shortfall, creditType }
    super('insufficient_credits', 402, 'Insufficient credits', details)
    this.available = balance
    this.required = required
  }

  override get sentence(): string {
    const price = countCredits(this.required, nameUnit(String(this.details.creditType)))
    return `This takes ${price} and you have ${formatCredits(this.available)}. Buy more to continue.`
  }
}

/**
 * 429: too often. `details.retryAfterSeconds` is also the `Retry-After` header of the answer; `details.creditType` names
 * the credit type whose own limit is used up, where it was not that of the tool.
 */
export class RateLimitedError extends RefusedError {
  constructor(message: string, retryAfterMs: number, creditType?: string) {
    const retryAfterSeconds = Math.ceil(retryAfterMs / 1000)
    super('rate_limited', 429, message, { retryAfterSeconds, ...(creditType && { creditType }) })
  }
}

/** The HTTP status of each refusal of an SQL function; an unlisted code is a bad request. */
const STATUS_BY_CODE: Record<string, number> = {
  session_ended: 401,
  invalid_api_key: 401,
  forbidden: 403,
  membership_required: 403,
  scope_missing: 403,
  address_not_allowed: 403,
  origin_not_allowed: 403,
  budget_exceeded: 403,
  user_not_found: 404,
  transaction_not_found: 404,
  hold_not_found: 404,
  api_key_not_found: 404,
  run_not_found: 404,
  unknown_credit_type: 404,
  unknown_tier: 404,
  package_not_found: 404,
  payment_not_found: 404,
  customer_not_found: 404,
  idempotency_conflict: 409,
  package_exists: 409,
  package_changed: 409,
  package_retired: 409,
  plan_in_use: 409,
  not_refundable: 409,
  hold_open: 409,
  hold_closed: 409,
  balance_limit: 409,
  too_many_keys: 409,
  plan_active: 409,
  run_in_flight: 409,
  run_taken_over: 409,
  tool_off: 503,
  tool_exhausted: 503,
  account_of_admin: 409,
  account_closed: 409,
  account_banned: 409,
  last_admin: 409,
  batch_exists: 409,
  batch_not_found: 404,
  bonus_not_held: 409,
  already_subscribed: 409,
  plan_pending: 409,
  customer_taken: 409,
  event_taken: 409,
}

export type Refusal = { code: string; message: string } & Record<string, unknown>

/** The error that says what a function refused. */
export function refusalToError({ code, message, ok: _, ...details }: Refusal): RefusedError {
  if (code === 'insufficient_credits') {
    const { balance, required, credit_type: creditType } = details
    return new InsufficientCreditsError(Number(balance), Number(required), String(creditType))
  }
  if (code === 'rate_limited') {
    const { retry_after_ms: wait, credit_type: creditType } = details
    return new RateLimitedError(
      message,
      Number(wait),
      creditType === undefined ? undefined : String(creditType),
    )
  }
  return new RefusedError(code, STATUS_BY_CODE[code] ?? 400, message, details)
}

/** What a unique constraint refuses that two requests met at once. Any other one is an error of ours. */
const REFUSAL_BY_CONSTRAINT: Record<string, Refusal> = {
  credit_transactions_key_is_used_once: {
    code: 'idempotency_conflict',
    message: 'This idempotency key was already used for another request.',
  },
}

/** The refusal behind an error of the database; null when the constraint that it names stands for none. */
export function constraintToError({ code, message }: { code: string; message: string }): RefusedError | null {
  if (code !== '23505') return null
  const [, constraint = ''] = /unique constraint "([^"]+)"/.exec(message) ?? []
  const refusal = REFUSAL_BY_CONSTRAINT[constraint]
  return refusal ? refusalToError(refusal) : null
}
