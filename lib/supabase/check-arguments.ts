import { z } from 'zod'
import { RefusedError, refusalToError } from './refusals'

const uuid = z.uuid()

const UUIDS = ['p_user_id', 'p_actor_id', 'p_payment_id', 'p_subscription_id', 'p_refund_id']
const WHOLE_NUMBERS = ['p_amount', 'p_initial_amount', 'p_threshold', 'p_transaction_id']

/** @throws RefusedError 400 for what is no UUID */
export function assertUuid(value: string): void {
  if (uuid.safeParse(value).success) return
  throw new RefusedError('invalid_id', 400, 'This is not the id of anything here.')
}

/**
 * Checks what only TypeScript promised, so that a wrong argument is a refusal instead of an error of the database.
 * @throws RefusedError 400 `invalid_id` or `invalid_amount`
 */
export function checkArguments(args: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(args)) {
    if (value === undefined || value === null) continue
    if (UUIDS.includes(name)) assertUuid(String(value))
    else if (WHOLE_NUMBERS.includes(name) && !Number.isSafeInteger(value)) {
      throw refusalToError({
        code: 'invalid_amount',
        message: 'The amount must be a whole number of credits.',
      })
    }
  }
}
