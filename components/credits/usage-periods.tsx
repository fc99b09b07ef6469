import { AccountLink } from '@/components/layout/account-link'
import { periodQuery, USAGE_PERIODS, type UsagePeriod } from '@/lib/account/usage-period'
import { cn } from '@/lib/utils'

type UsagePeriodsProps = { current: UsagePeriod; query: Record<string, string> }

/** Over how many days the dashboard shows usage, as links. */
export function UsagePeriods({ current, query }: UsagePeriodsProps) {
  return (
    <nav aria-label="Period" className="flex gap-1 rounded-lg bg-muted p-1">
      {USAGE_PERIODS.map((period) => (
        <AccountLink
          key={period}
          href={{ pathname: '/dashboard', query: { ...query, ...periodQuery(period) } }}
          scroll={false}
          aria-current={period === current ? 'true' : undefined}
          className={cn(
            'flex items-center rounded-md px-2.5 py-1 font-medium text-muted-foreground text-sm transition-colors hover:text-foreground pointer-coarse:min-h-11',
            period === current && 'bg-card text-foreground shadow-xs',
          )}
        >
          {`${period} days`}
        </AccountLink>
      ))}
    </nav>
  )
}
