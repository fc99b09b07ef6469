import { z } from 'zod'
import { creditService } from '@/lib/credits'
import { refuseMethods } from '@/lib/http/refuse-methods'
import { adminRoute, query } from '@/lib/http/routes'

const subject = z.strictObject({ userId: z.uuid().optional() })

/** Verifies the ledger, of `?userId` or of all, for an admin: `{ ok, violations: [{ invariant, transaction_id, … }] }`. */
export const GET = adminRoute(query(subject), async ({ input: { userId } }) => {
  const violations = await creditService.verifyLedger(userId)
  return { ok: violations.length === 0, violations }
})

export const { DELETE, OPTIONS, PATCH, POST, PUT } = refuseMethods('GET')
