import { CopyXIcon } from 'lucide-react'
import { Alert, AlertDescription, AlertTitle } from '@/components/ui/alert'
import { readSurplusPlans } from '@/lib/payments/subscriptions/read-surplus'
import { describeSurplus } from './plan-status-text'

/** Says what becomes of a plan that was paid for while another one was live; nothing when there is none. */
export async function SurplusNotice({ userId }: { userId: string }) {
  const plans = await readSurplusPlans(userId)
  return plans.map((plan) => (
    <Alert key={plan.id} variant="warning">
      <CopyXIcon aria-hidden />
      <AlertTitle>{plan.name} was started while you already had a plan</AlertTitle>
      <AlertDescription>{describeSurplus(plan)}</AlertDescription>
    </Alert>
  ))
}
