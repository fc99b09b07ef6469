import { CheckIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { Badge } from '@/components/ui/badge'
import { Card, CardContent, CardFooter, CardHeader, CardTitle } from '@/components/ui/card'
import { countCredits, formatMoney, formatUnitPrice } from '@/lib/format'
import type { Offer } from '@/lib/packages'
import { cn } from '@/lib/utils'

type PricingCardsProps = {
  packages: readonly Offer[]
  /** The button under each package: a checkout where one is signed in, a way in where not. */
  renderAction: (offer: Offer) => ReactNode
}

const PROMISES = [
  'One payment, no subscription',
  'Good for every tool',
  'In your balance as soon as it is paid',
]

/** The packages side by side, with what a credit costs in each. */
export function PricingCards({ packages, renderAction }: PricingCardsProps) {
  return (
    <ul className="grid gap-4 md:grid-cols-3">
      {packages.map((offer) => (
        <li key={offer.id} className="flex">
          <Card className={cn('w-full py-6', offer.popular && 'border-primary ring-1 ring-primary')}>
            <CardHeader className="px-6">
              <div className="flex h-6 items-center justify-between gap-2">
                <CardTitle>{offer.name}</CardTitle>
                {offer.popular && <Badge>Most popular</Badge>}
              </div>
              <p className="text-muted-foreground text-sm">{offer.description}</p>
            </CardHeader>
            <CardContent className="grid flex-1 content-start gap-5 px-6">
              <div className="grid gap-1">
                <p className="figures font-semibold text-4xl tracking-tight">
                  {formatMoney(offer.price, offer.currency)}
                </p>
                <p className="figures font-medium text-sm">{countCredits(offer.credits)}</p>
                <p className="figures text-muted-foreground text-sm">
                  {formatUnitPrice(offer.price, offer.credits, offer.currency)} per credit
                </p>
              </div>
              <ul className="grid gap-2 text-sm">
                {PROMISES.map((promise) => (
                  <li key={promise} className="flex items-start gap-2">
                    <CheckIcon aria-hidden className="mt-0.5 size-4 shrink-0 text-primary" />
                    {promise}
                  </li>
                ))}
              </ul>
            </CardContent>
            <CardFooter className="px-6 *:w-full">{renderAction(offer)}</CardFooter>
          </Card>
        </li>
      ))}
    </ul>
  )
}
