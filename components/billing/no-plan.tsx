import type { Plan } from '@/lib/catalog/packages'
import { readFormat } from '@/lib/reader/read-reader'
import { PlanAction } from './plan-action'
import { PlanCards } from './plan-cards'

/** What there is to say to somebody without a plan: that they need none, and which there are. */
export async function NoPlan({ plans }: { plans: readonly Plan[] }) {
  const format = await readFormat()
  return (
    <section aria-labelledby="no-plan" className="grid gap-5">
      <div className="grid gap-1">
        <h2 id="no-plan" className="font-semibold tracking-tight">
          You have no plan
        </h2>
        <p className="max-w-prose text-muted-foreground text-sm">
          {plans.length > 0
            ? 'Credits bought once work without one. A plan brings them by itself, and a membership with them.'
            : 'None are for sale at the moment. Credits bought once work without one.'}
        </p>
      </div>
      {plans.length > 0 && (
        <PlanCards
          format={format}
          plans={plans}
          currentId={null}
          renderAction={(plan) => <PlanAction plan={plan} currentId={null} />}
        />
      )}
    </section>
  )
}
