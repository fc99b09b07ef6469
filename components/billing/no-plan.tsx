import { AccountLink } from '@/components/layout/account-link'
import { Button } from '@/components/ui/button'
import { Card, CardContent } from '@/components/ui/card'

/** What there is to say to somebody without a plan: that they need none, and where plans are. */
export function NoPlan({ forSale }: { forSale: boolean }) {
  return (
    <Card>
      <CardContent className="flex flex-wrap items-center justify-between gap-4">
        <div className="grid gap-1">
          <h2 className="font-semibold tracking-tight">You have no plan</h2>
          <p className="max-w-prose text-muted-foreground text-sm">
            {forSale
              ? 'Credits bought once work without one. A plan brings them by itself, and a membership with them.'
              : 'None are for sale at the moment. Credits bought once work without one.'}
          </p>
        </div>
        {forSale && (
          <Button asChild variant="outline">
            <AccountLink href="/buy-credits?show=plans">See plans</AccountLink>
          </Button>
        )}
      </CardContent>
    </Card>
  )
}
