import { z } from 'zod'
import { requireApiUser } from '@/lib/auth/session'
import { handleRoute, parseInput } from '@/lib/http'
import { fetchInvoice } from '@/lib/payments/checkout/fetch-invoice'

const paymentId = z.uuid()

/** The invoice of a payment, as a PDF to download; `id` is ours, not DodoPayments'. */
export const GET = handleRoute(async (_, { params }: RouteContext<'/api/dodopayments/invoices/[id]'>) => {
  await requireApiUser()
  const { name, pdf } = await fetchInvoice(parseInput(paymentId, (await params).id))
  return new Response(pdf, {
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'private, no-store',
    },
  })
})
