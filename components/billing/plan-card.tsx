import type { ReactNode } from 'react'
import { OwnerOnly } from '@/components/layout/owner-only'
import { Badge } from '@/components/ui/badge'
import { Card, CardContent, CardFooter } from '@/components/ui/card'
import type { CurrentPlan } from '@/lib/payments/subscriptions/read-plan'
import { readFormat } from '@/lib/reader/read-reader'
import { capitalize } from '@/lib/text'
import { cardInWords } from './card-text'
import { describeMembership, describePlan, priceInWords } from './plan-status-text'
import { creditsInWords, unusedInWords } from './plan-text'
import { PortalButton } from './portal-button'

const VARIANTS = { calm: 'default', warning: 'warning', broken: 'destructive' } as const

/** The plan somebody has: how it stands, what it brings, what comes next; and what can be done with it. */
export async function PlanCard({ current, actions }: { current: CurrentPlan; actions?: ReactNode }) {
  const format = await readFormat()
  const { plan, card } = current
  const { label, tone, sentence } = describePlan(format, current)
  const unused = unusedInWords(plan)
  const rows = [
    ['Price', priceInWords(format, plan)],
    ['Credits', creditsInWords(format, plan)],
    ['Unused credits', capitalize(unused)],
    ['Membership', describeMembership(current, plan.tier)],
  ] as const
  return (
    <Card>
      <CardContent className="grid gap-2">
        <p className="text-muted-foreground text-sm">Your plan</p>
        <div className="flex flex-wrap items-center gap-3">
          <h2 className="font-semibold text-xl tracking-tight">{plan.name}</h2>
          <Badge variant={VARIANTS[tone]}>{label}</Badge>
        </div>
        <p className="max-w-prose text-muted-foreground text-sm">{sentence}</p>
      </CardContent>
      <CardContent className="border-t pt-5">
        <dl className="grid gap-x-8 gap-y-4 text-sm sm:grid-cols-2">
          {rows
            .filter(([, value]) => value !== null)
            .map(([term, value]) => (
              <div key={term} className="grid content-start gap-0.5">
                <dt className="text-muted-foreground">{term}</dt>
                <dd className="figures font-medium">{value}</dd>
              </div>
            ))}
          {card && (
            <div className="grid content-start gap-0.5">
              <dt className="text-muted-foreground">Payment method</dt>
              <dd className="figures flex flex-wrap items-center gap-x-3 font-medium">
                <span>{cardInWords(card)}</span>
                <OwnerOnly>
                  <PortalButton variant="link" size="sm" className="-my-1.5 px-0 pointer-coarse:my-0">
                    <span>Change</span>
                    <span className="sr-only"> the payment method</span>
                  </PortalButton>
                </OwnerOnly>
              </dd>
            </div>
          )}
        </dl>
      </CardContent>
      {actions && <CardFooter className="flex-wrap border-t pt-5 max-sm:*:w-full">{actions}</CardFooter>}
    </Card>
  )
}
