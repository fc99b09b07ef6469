import { Card, CardContent, CardHeader, CardTitle } from '@/components/ui/card'
import { readDailyUsage } from '@/lib/account/read-usage'
import type { CreditType } from '@/lib/credit-type'
import { countCredits, formatCredits } from '@/lib/format'
import { UsageChart } from './usage-chart'

const DAYS = 30

/** What a wallet used lately, a bar for each day. */
export async function UsageCard({ userId, type }: { userId: string; type: CreditType }) {
  const days = await readDailyUsage(userId, type.id, DAYS)
  const used = days.reduce((sum, day) => sum + day.used, 0)
  return (
    <Card>
      <CardHeader className="flex flex-wrap items-baseline justify-between gap-x-4">
        <CardTitle>Usage</CardTitle>
        <p className="figures text-muted-foreground text-sm">
          {used > 0
            ? `${countCredits(used, type)} in ${DAYS} days, at most ${formatCredits(Math.max(...days.map((day) => day.used)))} a day`
            : `Nothing used in ${DAYS} days`}
        </p>
      </CardHeader>
      <CardContent>
        <UsageChart days={days} unit={type} />
      </CardContent>
    </Card>
  )
}
