import { Card, CardContent, CardFooter, CardHeader } from '@/components/ui/card'
import { Skeleton } from '@/components/ui/skeleton'

const CARDS = ['first', 'second', 'third']

/** The tabs and the pricing cards while the database answers. */
export function PricingCardsSkeleton() {
  return (
    <div role="status" aria-label="Loading packages" className="grid gap-6">
      <Skeleton className="h-[2.625rem] w-44 rounded-lg" />
      <div className="grid gap-4 md:grid-cols-3">
        {CARDS.map((card) => (
          <Card key={card} className="py-6">
            <CardHeader className="px-6">
              <Skeleton className="h-6 w-24" />
              <Skeleton className="h-5 w-40" />
            </CardHeader>
            <CardContent className="grid gap-5 px-6">
              <div className="grid gap-1">
                <Skeleton className="h-10 w-32" />
                <Skeleton className="h-5 w-24" />
                <Skeleton className="h-5 w-32" />
              </div>
              <Skeleton className="h-[4.75rem] w-full" />
            </CardContent>
            <CardFooter className="px-6">
              <Skeleton className="h-9 w-full" />
            </CardFooter>
          </Card>
        ))}
      </div>
    </div>
  )
}
