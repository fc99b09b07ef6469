import { DodoCheckoutButton } from '@/components/dodopayments/DodoCheckoutButton'
import { AccountLink } from '@/components/layout/account-link'
import { Button } from '@/components/ui/button'
import type { Plan } from '@/lib/catalog/packages'

/** Subscribes to a plan; who has one already is led to where it is changed. */
export function PlanAction({ plan, currentId }: { plan: Plan; currentId: string | null }) {
  if (currentId === null) {
    return (
      <DodoCheckoutButton
        packageId={plan.id}
        variant={plan.popular ? 'default' : 'outline'}
        aria-label={`Subscribe to ${plan.name}`}
      >
        Subscribe
      </DodoCheckoutButton>
    )
  }
  return (
    <Button asChild variant="outline">
      <AccountLink href="/billing">{plan.id === currentId ? 'Current plan' : 'Change plan'}</AccountLink>
    </Button>
  )
}
