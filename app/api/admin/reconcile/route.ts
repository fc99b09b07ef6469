import { after } from 'next/server'
import { z } from 'zod'
import { refuseMethods } from '@/lib/http/refuse-methods'
import { adminRoute, jsonBody } from '@/lib/http/routes'
import { sendDueMails } from '@/lib/mail/send-mails'
import { reconcile } from '@/lib/payments/reconciliation/reconcile'
import { DAY_MS } from '@/lib/time'

const period = z.strictObject({
  days: z.union([z.literal(1), z.literal(7), z.literal(30)], 'Choose 1, 7 or 30 days.'),
})

/** Admins compare the provider's records with ours and repair what differs: `{ days }`. Answers `{ checked, differences }`. */
export const POST = adminRoute(jsonBody(period), async ({ admin, input: { days } }) => {
  const until = new Date()
  const since = new Date(until.getTime() - days * DAY_MS)
  const report = await reconcile({ since, until, actorId: admin.id })
  // The mails about repairs are sent at once; one that fails here is the scheduler's.
  if (report.differences.some(({ repaired }) => repaired)) after(sendDueMails)
  return report
})

export const { DELETE, GET, HEAD, OPTIONS, PATCH, PUT } = refuseMethods('POST')
