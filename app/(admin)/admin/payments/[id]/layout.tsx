import { requireAdmin } from '@/lib/auth/roles'
import { findPayment } from './find-payment'

/** Looks for the payment before the skeleton is sent: after it the answer could no longer be a 404. */
export default async function PaymentLayout({ params, children }: LayoutProps<'/admin/payments/[id]'>) {
  await requireAdmin()
  await findPayment(params)
  return children
}
