import type { Metadata } from 'next'
import { PaymentWatcher } from '@/components/dodopayments/payment-watcher'
import { PurchaseCard } from '@/components/dodopayments/purchase-card'
import { requireUser } from '@/lib/auth/session'
import { findPurchase } from '@/lib/payments/find-purchase'
import { isStorable } from '@/lib/storable-text'

export const metadata: Metadata = { title: 'Your purchase' }

export default async function PaymentSuccessPage({ searchParams }: PageProps<'/payment-success'>) {
  const user = await requireUser('/payment-success')
  const { payment_id } = await searchParams
  const paymentId =
    typeof payment_id === 'string' && payment_id !== '' && isStorable(payment_id) ? payment_id : null
  const purchase = await findPurchase(user.id, paymentId)
  return (
    <PurchaseCard
      purchase={purchase}
      expected={paymentId !== null}
      watcher={<PaymentWatcher userId={user.id} />}
    />
  )
}
