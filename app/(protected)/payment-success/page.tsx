import type { Metadata } from 'next'
import { BillingWatcher } from '@/components/billing/billing-watcher'
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
      {/* A provider tells of a plan that failed and of why in two messages, in any order. */}
      {purchase?.state === 'failed' && purchase.plan && purchase.failureReason === null && (
        <BillingWatcher userId={user.id} />
      )}
      <PurchaseCard
        purchase={purchase}
        expected={[named.paymentId, named.sessionId, named.subscriptionId].some((id) => id !== null)}
        watcher={<PaymentWatcher userId={user.id} />}
      />
    </>
  )
}
