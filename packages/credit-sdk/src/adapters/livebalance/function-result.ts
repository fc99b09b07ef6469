import { CreditsSDKError } from '../../errors.ts'
import { toCredits, toObject, toText } from '../sql/values.ts'

/** What a function of Livebalance returned: what it did, or why it refused. */
export type FunctionResult =
  | { ok: true; transactionId: string; amount: number; balance: number }
  | { ok: false; code: string; message: string; details: Record<string, unknown> }

/** Livebalance refused for a reason that this SDK has no error for, such as `unknown_credit_type`. */
export class LivebalanceRefusalError extends CreditsSDKError {
  readonly refusal: string

  constructor(refusal: string, message: string) {
    super('LIVEBALANCE_REFUSAL', message)
    this.refusal = refusal
  }
}

export function toFunctionResult(value: unknown): FunctionResult {
  const result = toObject(value)
  if (result.ok !== true)
    return { ok: false, code: toText(result.code), message: toText(result.message), details: result }
  return {
    ok: true,
    transactionId: toText(result.transaction_id),
    amount: toCredits(result.amount),
    balance: toCredits(result.balance),
  }
}

/** What the key of another request replays: the engine finds that it is not this one, and says so. */
export const otherRequest = { status: 'replayed' as const, record: { result: { request: '', result: {} } } }
