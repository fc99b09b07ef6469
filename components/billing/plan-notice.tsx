import { CreditCardIcon } from 'lucide-react'
import { NoticeLink } from '@/components/credits/notice-link'
import { Alert, AlertDescription, AlertTitle } from '@/components/ui/alert'
import { readCurrentPlan } from '@/lib/payments/subscriptions/read-plan'
import { readFormat } from '@/lib/reader/read-reader'
import { BillingWatcher } from './billing-watcher'
import { describePlan } from './plan-status-text'

/** Says that a plan is not paid for, as its own page does, and leads there, as soon as it happens; else nothing. */
export async function PlanNotice({ userId }: { userId: string }) {
  const current = await readCurrentPlan(userId)
  if (!current) return null
  const { label, sentence } = describePlan(await readFormat(), current)
  const unpaid = current.status === 'on_hold' || current.status === 'past_due'
  return (
    <>
      <BillingWatcher userId={userId} />
      {unpaid && (
        <Alert variant="destructive">
          <CreditCardIcon aria-hidden />
          <AlertTitle>{`${current.plan.name}: ${label.charAt(0).toLowerCase()}${label.slice(1)}`}</AlertTitle>
          <AlertDescription>
            <span>{sentence}</span>
            <NoticeLink href="/billing">Update your payment method</NoticeLink>
          </AlertDescription>
        </Alert>
      )}
    </>
  )
}
