import { z } from 'zod'
import { parseInput } from '@/lib/http'
import { refuseMethods } from '@/lib/http/refuse-methods'
import { noInput, userRoute } from '@/lib/http/routes'
import { fetchInvoice } from '@/lib/payments/checkout/fetch-invoice'

const paymentId = z.uuid()

/** The invoice of a payment, as a PDF to download; `id` is ours, not DodoPayments'. */
export const GET = userRoute(
  noInput,
  async (_, { params }: RouteContext<'/api/dodopayments/invoices/[id]'>) => {
    const { name, pdf } = await fetchInvoice(parseInput(paymentId, (await params).id))
    return new Response(pdf, {
      headers: {
        'content-type': 'application/pdf',
        'content-disposition': `attachment; filename="${name}"`,
        'cache-control': 'private, no-store',
      },
    })
  },
  { rate: 'invoice' },
)

export const { DELETE, OPTIONS, PATCH, POST, PUT } = refuseMethods('GET')
