import type { Metadata } from 'next'
import { BillingWatcher } from '@/components/billing/billing-watcher'
import { DebtNotice } from '@/components/billing/debt-notice'
import { NoPlan } from '@/components/billing/no-plan'
import { PaymentsCard } from '@/components/billing/payments-card'
import { PlanActions } from '@/components/billing/plan-actions'
import { PlanCard } from '@/components/billing/plan-card'
import { SurplusNotice } from '@/components/billing/surplus-notice'
import { PageHeader } from '@/components/layout/page-header'
import { requireUser } from '@/lib/auth/session'
import { listOffers } from '@/lib/catalog/packages'
import { readCurrentPlan } from '@/lib/payments/subscriptions/read-plan'

export const metadata: Metadata = { title: 'Billing' }

export default async function BillingPage() {
  const user = await requireUser('/billing')
  const [current, { plans }] = await Promise.all([readCurrentPlan(user.id), listOffers()])
  return (
    <div className="grid grid-cols-1 gap-8">
      <BillingWatcher userId={user.id} />
      <PageHeader title="Billing" description="Your plan, your payments and their invoices." />
      <DebtNotice userId={user.id} />
      <SurplusNotice userId={user.id} />
      {current ? (
        <PlanCard current={current} actions={<PlanActions current={current} plans={plans} />} />
      ) : (
        <NoPlan forSale={plans.length > 0} />
      )}
      <PaymentsCard userId={user.id} portal={current === null} />
    </div>
  )
}
