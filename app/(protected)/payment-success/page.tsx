import type { Metadata } from 'next'
import { PaymentWatcher } from '@/components/dodopayments/payment-watcher'
import { PurchaseCard } from '@/components/dodopayments/purchase-card'
import { requireUser } from '@/lib/auth/session'
import { findPurchase } from '@/lib/payments/find-purchase'
import { isStorable } from '@/lib/storable-text'

export const metadata: Metadata = { title: 'Your purchase' }

export default async function PaymentSuccessPage({ searchParams }: PageProps<'/payment-success'>) {
  const user = await requireUser('/payment-success')
  const query = await searchParams
  const named = {
    paymentId: readId(query.payment_id),
    subscriptionId: readId(query.subscription_id),
  }
  const purchase = await findPurchase(user.id, named)
  return (
    <PurchaseCard
      purchase={purchase}
      expected={named.paymentId !== null || named.subscriptionId !== null}
      watcher={<PaymentWatcher userId={user.id} />}
    />
  )
}

function readId(value: string | string[] | undefined): string | null {
  return typeof value === 'string' && value !== '' && isStorable(value) ? value : null
}
