import { after } from 'next/server'
import { z } from 'zod'
import { refuseMethods } from '@/lib/http/refuse-methods'
import { jsonBody, userRoute } from '@/lib/http/routes'
import { sendDueMails } from '@/lib/mail/send-mails'
import { checkPayment } from '@/lib/payments/checkout/check-payment'

const nothing = z.strictObject({})

/** Asks DodoPayments about the user's own undecided purchase, when its webhook is late: `{}` → `{ outcome }`. */
export const POST = userRoute(
  jsonBody(nothing),
  async ({ user }) => {
    const outcome = await checkPayment(user.id)
    if (outcome === 'settled') after(sendDueMails)
    return { outcome }
  },
  { rate: 'payment_check' },
)

export const { DELETE, GET, HEAD, OPTIONS, PATCH, PUT } = refuseMethods('POST')
