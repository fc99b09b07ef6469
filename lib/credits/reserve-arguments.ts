import { spenderArgument } from '@/lib/supabase/caller'
import { runArgument } from './run-argument'
import type { ReserveOptions } from './types'

/** How `reserve_credits` takes a reservation. */
export function reserveArguments(userId: string, options: ReserveOptions) {
  return {
    p_user_id: userId,
    p_action: options.action,
    p_prices: options.prices,
    p_hold_ms: options.holdMs,
    p_caller: spenderArgument(options.caller),
    p_credit_type: options.creditType,
    p_required_tier: options.requiredTier,
    p_rate_requests: options.rateLimit?.requests,
    p_rate_seconds: options.rateLimit?.perSeconds,
    p_description: options.description,
    p_idempotency_key: options.idempotencyKey,
    p_request_hash: options.requestHash,
    p_metadata: options.metadata,
    p_input: options.input,
    p_run: runArgument(options.run),
  }
}
