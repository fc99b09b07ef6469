import type { Plan } from '@/lib/catalog/packages'
import type { CurrentPlan } from '@/lib/payments/subscriptions/read-plan'
import { CancelPlanDialog } from './cancel-plan-dialog'
import { ChangePlan } from './change-plan'
import { PortalButton } from './portal-button'
import { ResumeButton } from './resume-button'

/** What can be done with a plan as it stands. */
export function PlanActions({ current, plans }: { current: CurrentPlan; plans: readonly Plan[] }) {
  const { plan, status, ending, next } = current
  const unpaid = status === 'past_due' || status === 'on_hold'
  const others = plans.filter(
    ({ id, currency }) => id !== plan.id && id !== next?.id && currency === plan.currency,
  )
  return (
    <>
      {ending && <ResumeButton>Resume plan</ResumeButton>}
      {status === 'active' && !ending && others.length > 0 && <ChangePlan current={current} plans={others} />}
      {next && !ending && <ResumeButton variant="outline">Stay with {plan.name}</ResumeButton>}
      {/* A card that is known stands above, with a button of its own. */}
      {(unpaid || !current.card) && (
        <PortalButton variant={unpaid && !ending ? 'default' : 'outline'}>Manage payment method</PortalButton>
      )}
      {!ending && <CancelPlanDialog current={current} />}
    </>
  )
}
