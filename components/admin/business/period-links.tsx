import Link from 'next/link'
import { PERIOD_DAYS, type PeriodDays } from '@/lib/admin/business/business-period'
import { cn } from '@/lib/utils'

/** The periods there are, as links that show the page for that one. */
export function PeriodLinks({ current }: { current: PeriodDays }) {
  return (
    <nav aria-label="Period">
      <ul className="inline-flex gap-1 rounded-lg border bg-muted p-1">
        {PERIOD_DAYS.map((days) => (
          <li key={days}>
            <Link
              href={{ pathname: '/admin/business', query: { days } }}
              aria-current={days === current ? 'true' : undefined}
              className={cn(
                'flex h-8 items-center rounded-md px-3 font-medium text-muted-foreground text-sm transition-colors hover:text-foreground pointer-coarse:h-11',
                days === current && 'bg-card text-foreground shadow-xs dark:bg-input',
              )}
            >
              {`${days} days`}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
