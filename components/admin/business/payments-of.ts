import type { Period } from '@/lib/admin/business/business-period'
import type { PaymentFilter } from '@/lib/admin/payment-filter'

type Wanted = Pick<PaymentFilter, 'status'> & Partial<Pick<PaymentFilter, 'package'>>

/** The list of the payments that a figure of a period counts. */
export function paymentsOf({ since, last }: Period, { status, package: packageId }: Wanted) {
  return {
    pathname: '/admin/payments',
    query: { status, ...(packageId && { package: packageId }), from: since, to: last },
  } as const
}
