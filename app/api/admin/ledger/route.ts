import { z } from 'zod'
import { requireApiAdmin } from '@/lib/auth/roles'
import { creditService } from '@/lib/credits'
import { handleRoute, parseQuery } from '@/lib/http'

const query = z.strictObject({ userId: z.uuid().optional() })

/** Admins have the ledger proved, of `?userId` or of all: `{ ok, violations: [{ invariant, transaction_id, … }] }`. */
export const GET = handleRoute(async (request) => {
  await requireApiAdmin()
  const { userId } = parseQuery(request, query)
  const violations = await creditService.verifyLedger(userId)
  return Response.json({ ok: violations.length === 0, violations })
})
