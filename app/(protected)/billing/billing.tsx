import { BillingWatcher } from '@/components/billing/billing-watcher'
import { DebtNotice } from '@/components/billing/debt-notice'
import { NoPlan } from '@/components/billing/no-plan'
import { PaymentsCard } from '@/components/billing/payments-card'
import { PlanActions } from '@/components/billing/plan-actions'
import { PlanCard } from '@/components/billing/plan-card'
import { SurplusNotice } from '@/components/billing/surplus-notice'
import { OwnerOnly } from '@/components/layout/owner-only'
import { PageHeader } from '@/components/layout/page-header'
import { listOffers } from '@/lib/catalog/packages'
import { readCurrentPlan } from '@/lib/payments/subscriptions/read-plan'
import { HEADING } from './heading'

/** The plan of a user, their payments and the invoices of these. */
export async function Billing({ userId }: { userId: string }) {
  const [current, { plans }] = await Promise.all([readCurrentPlan(userId), listOffers()])
  return (
    <div className="grid grid-cols-1 gap-8">
      <BillingWatcher userId={userId} />
      <PageHeader {...HEADING} />
      <DebtNotice userId={userId} />
      <SurplusNotice userId={userId} />
      {current ? (
        <PlanCard
          current={current}
          actions={
            <OwnerOnly>
              <PlanActions current={current} plans={plans} />
            </OwnerOnly>
          }
        />
      ) : (
        <NoPlan forSale={plans.length > 0} />
      )}
      <PaymentsCard userId={userId} portal={current === null} />
    </div>
  )
}
