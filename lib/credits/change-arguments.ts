import type { AddOptions, DeductOptions } from './types'

/** How `deduct_credits` takes a charge. */
export function deductArguments(userId: string, amount: number, options: DeductOptions) {
  return {
    p_user_id: userId,
    p_amount: amount,
    p_credit_type: options.creditType,
    p_action: options.action,
    p_description: options.description,
    p_reference_id: options.referenceId,
    p_reference_type: options.referenceType,
    p_idempotency_key: options.idempotencyKey,
    p_request_hash: options.requestHash,
    p_metadata: options.metadata,
  }
}

/** How `add_credits` takes credits that come in. */
export function addArguments(userId: string, amount: number, options: AddOptions) {
  return {
    ...deductArguments(userId, amount, options),
    p_type: options.type,
    p_expires_at: options.expiresAt,
    p_priority: options.priority,
  }
}
