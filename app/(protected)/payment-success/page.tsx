import type { Metadata } from 'next'
import { PaymentWatcher } from '@/components/billing/payment-watcher'
import { PurchaseCard } from '@/components/billing/purchase-card'
import { requireUser } from '@/lib/auth/session'
import { isStorable } from '@/lib/http/postgres-text'
import { findPurchase } from '@/lib/payments/checkout/find-purchase'

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
