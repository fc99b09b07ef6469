import { after } from 'next/server'
import { z } from 'zod'
import { assertSameOrigin } from '@/lib/auth/origin'
import { requireApiUser } from '@/lib/auth/session'
import { handleRoute, readJson } from '@/lib/http'
import { sendDueMails } from '@/lib/mail/send-mails'
import { checkPayment } from '@/lib/payments/checkout/check-payment'

const input = z.strictObject({})

/** Asks DodoPayments about the user's own undecided purchase, when its webhook is late: `{}` → `{ outcome }`. */
export const POST = handleRoute(async (request) => {
  const user = await requireApiUser()
  assertSameOrigin(request)
  await readJson(request, input)
  const outcome = await checkPayment(user.id)
  if (outcome === 'settled') after(sendDueMails)
  return Response.json({ outcome })
})
