import type { SettleOptions } from './types'

/** The arguments of `settle_hold`, and of one entry of `settle_many`. */
export function settleArguments(
  transactionId: number,
  { amount, response, reason, runStatus, lease, cost }: SettleOptions,
) {
  return {
    p_transaction_id: transactionId,
    p_amount: amount,
    p_response: response,
    p_reason: reason,
    p_run_status: runStatus,
    p_lease: lease,
    p_cost: cost,
  }
}
