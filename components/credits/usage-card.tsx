import { ChartNoAxesColumnIcon } from 'lucide-react'
import { Card, CardContent, CardHeader, CardTitle } from '@/components/ui/card'
import { readUsage } from '@/lib/account/read-usage'
import { stackUsage } from '@/lib/account/stack-usage'
import type { UsagePeriod } from '@/lib/account/usage-period'
import type { CreditType } from '@/lib/credit-type'
import { readFormat } from '@/lib/reader/read-reader'
import { UsageChart } from './usage-chart'
import { UsagePeriods } from './usage-periods'
import { UsageTable } from './usage-table'

type UsageCardProps = {
  userId: string
  type: CreditType
  period: UsagePeriod
  /** What else is in the query of the page, and stays. */
  query: Record<string, string>
  /** What tools are called, by the action of their charges. */
  names: ReadonlyMap<string, string>
}

/** What a wallet used on each day, by tool: as a chart, and as a table for who does not see it. */
export async function UsageCard({ userId, type, period, query, names }: UsageCardProps) {
  const { countCredits, formatCredits, timeZone } = await readFormat()
  const usage = await readUsage(userId, type.id, period, timeZone)
  const stacked = stackUsage(usage, names)
  const most = Math.max(...stacked.days.map(({ total }) => total))
  return (
    <Card className="min-w-0">
      <CardHeader className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <CardTitle>Usage</CardTitle>
        <UsagePeriods current={period} query={query} />
      </CardHeader>
      <CardContent className="grid grid-cols-1 gap-4">
        {stacked.tools.length === 0 ? (
          <p className="flex h-56 flex-col items-center justify-center gap-3 text-muted-foreground text-sm">
            <ChartNoAxesColumnIcon aria-hidden className="size-5" />
            <span>{`Nothing used in ${period} days`}</span>
          </p>
        ) : (
          <>
            <UsageChart usage={stacked} unit={type} />
            <p className="figures text-muted-foreground text-xs">
              {`${countCredits(usage.used, type)} in ${period} days, at most ${formatCredits(most)} a day. Refunds count on the day of their charge. Days in ${usage.timeZone}.`}
            </p>
            <UsageTable usage={stacked} unit={type} />
          </>
        )}
      </CardContent>
    </Card>
  )
}
