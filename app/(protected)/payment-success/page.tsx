import type { Metadata } from 'next'
import { PaymentWatcher } from '@/components/billing/payment-watcher'
import { PurchaseCard } from '@/components/billing/purchase-card'
import { TidyReturn } from '@/components/billing/tidy-return'
import { requireUser } from '@/lib/auth/session'
import { findPurchase } from '@/lib/payments/checkout/find-purchase'
import { RETURN_QUERY, readReturn } from '@/lib/payments/checkout/read-return'

export const metadata: Metadata = { title: 'Your purchase' }

export default async function PaymentSuccessPage({ searchParams }: PageProps<'/payment-success'>) {
  const user = await requireUser('/payment-success')
  const named = readReturn(await searchParams)
  const purchase = await findPurchase(user.id, named)
  return (
    <>
      <TidyReturn kept={RETURN_QUERY} />
      <PurchaseCard
        purchase={purchase}
        expected={[named.paymentId, named.sessionId, named.subscriptionId].some((id) => id !== null)}
        watcher={<PaymentWatcher userId={user.id} />}
      />
    </>
  )
}
