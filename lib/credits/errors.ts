import { AppError } from '@/lib/errors'

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

const STATUS_BY_CODE: Record<string, number> = {
  user_not_found: 404,
  transaction_not_found: 404,
  unknown_credit_type: 404,
  forbidden: 403,
  idempotency_conflict: 409,
  not_refundable: 409,
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
  return new CreditError(code, STATUS_BY_CODE[code] ?? 400, message, details)
}
