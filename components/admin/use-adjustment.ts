'use client'

import { countCredits } from '@/lib/format'
import type { ApiCallError } from '@/lib/http/api-client'
import { useAdminCall } from './use-admin-call'

type Adjustment = { amount: number; reason: string }

/** The engine's refusals speak to whoever owns the wallet; here an admin reads them. */
function refusalFor(error: ApiCallError): string {
  const balance = error.details.currentBalance
  if (error.code !== 'insufficient_credits' || typeof balance !== 'number') return error.message
  return `The balance is ${countCredits(balance)}, so at most that can be removed.`
}

/**
 * Sends adjustments of a user's balance, one at a time. `adjust` gives the new balance in whole credits, or null when
 * it was refused: `refusal` then says why. The same adjustment sent again after the network failed happens once.
 */
export function useAdjustment(userId: string) {
  const options = { path: '/api/admin/credits', refusalFor }
  const { call, ...rest } = useAdminCall<{ newBalance: number }>(userId, options)

  async function adjust(adjustment: Adjustment): Promise<number | null> {
    const answer = await call({ userId, ...adjustment })
    return answer?.newBalance ?? null
  }

  return { adjust, ...rest }
}
