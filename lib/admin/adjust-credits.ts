import 'server-only'
import type { z } from 'zod'
import type { adjustment } from '@/lib/contracts/adjustment'
import { creditService } from '@/lib/credits'

type Adjustment = z.output<typeof adjustment>

/** Adds (positive) or removes (negative) credits: `{ newBalance, balanceVersion, creditType, transactionId }`. */
export async function adjustCredits(
  actorId: string,
  { userId, amount, reason, description, creditType, metadata, idempotencyKey }: Adjustment,
) {
  const change = await creditService.adjustCredits(userId, amount, {
    // One of the two is there: the contract says so.
    reason: reason ?? description ?? '',
    actorId,
    creditType,
    metadata,
    idempotencyKey: idempotencyKey && `adjust:${idempotencyKey}`,
  })
  return {
    newBalance: change.balance,
    balanceVersion: change.version,
    creditType: change.creditType,
    transactionId: change.transactionId,
  }
}
