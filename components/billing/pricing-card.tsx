import { CheckIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { Badge } from '@/components/ui/badge'
import { Card, CardContent, CardFooter, CardHeader, CardTitle } from '@/components/ui/card'
import { cn } from '@/lib/utils'

type PricingCardProps = {
  name: string
  description: string
  /** A word at the name, as "Popular"; such a card stands out. */
  mark?: string | null
  price: string
  /** How often it is paid: "month". */
  per?: string
  /** What is bought. */
  amount: string
  /** The price seen in another way. */
  note: string
  promises: readonly string[]
  action: ReactNode
}

/** One thing for sale. */
export function PricingCard({
  name,
  description,
  mark,
  price,
  per,
  amount,
  note,
  ...rest
}: PricingCardProps) {
  return (
    <Card className={cn('w-full py-6', mark && 'border-primary ring-1 ring-primary')}>
      <CardHeader className="px-6">
        <div className="flex h-6 items-center justify-between gap-2">
          <CardTitle>{name}</CardTitle>
          {mark && <Badge>{mark}</Badge>}
        </div>
        <p className="text-muted-foreground text-sm md:max-lg:min-h-10">{description}</p>
      </CardHeader>
      <CardContent className="grid flex-1 content-start gap-5 px-6">
        <div className="grid gap-1">
          <p className="figures flex flex-wrap items-baseline gap-x-1.5 font-semibold text-4xl tracking-tight md:text-3xl lg:text-4xl">
            <span>{price}</span>
            {per && <span className="font-normal text-muted-foreground text-sm">{`/ ${per}`}</span>}
          </p>
          <p className="figures font-medium text-sm">{amount}</p>
          <p className="figures text-muted-foreground text-sm md:max-lg:min-h-10">{note}</p>
        </div>
        <ul className="grid gap-2 text-sm">
          {rest.promises.map((promise) => (
            <li key={promise} className="flex items-start gap-2">
              <CheckIcon aria-hidden className="mt-0.5 size-4 shrink-0 text-primary" />
              {promise}
            </li>
          ))}
        </ul>
      </CardContent>
      <CardFooter className="px-6 *:w-full">{rest.action}</CardFooter>
    </Card>
  )
}
