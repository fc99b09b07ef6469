import { z } from 'zod'
import { creditService } from '@/lib/credits'
import { refuseMethods } from '@/lib/http/refuse-methods'
import { adminRoute, noInput, query } from '@/lib/http/routes'
import { runJob } from '@/lib/jobs/run-job'

const subject = z.strictObject({ userId: z.uuid().optional() })

/** Verifies the ledger, of `?userId` or of all, for an admin: `{ ok, violations: [{ invariant, transaction_id, … }] }`. */
export const GET = adminRoute(query(subject), async ({ input: { userId } }) => {
  const violations = await creditService.verifyLedger(userId)
  return { ok: violations.length === 0, violations }
})

/** Runs the daily check of everybody's ledger now and keeps its result: `{ violations: number, first: […], since }`. */
export const POST = adminRoute(noInput, async () => Response.json(await runJob('verify-ledger')))

export const { DELETE, OPTIONS, PATCH, PUT } = refuseMethods('GET', 'POST')
