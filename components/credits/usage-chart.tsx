'use client'

import dynamic from 'next/dynamic'
import { Skeleton } from '@/components/ui/skeleton'
import type { StackedUsage } from '@/lib/account/stack-usage'
import type { CreditUnit } from '@/lib/credit-type'

// The library that draws is big, and nothing else needs it.
const UsageBars = dynamic(() => import('./usage-bars').then(({ UsageBars }) => UsageBars), {
  ssr: false,
  loading: () => <Skeleton className="h-full" />,
})

/** The colors of `--chart-1` and so on in globals.css. */
const COLORS = 6

/** Usage of every day as a bar, stacked by tool. */
export function UsageChart({ usage, unit }: { usage: StackedUsage; unit: CreditUnit }) {
  const tools = usage.tools.map((name, index) => ({
    ...{ name, color: `var(--chart-${Math.min(index + 1, COLORS)})` },
  }))
  return (
    <figure className="grid grid-cols-1 gap-3">
      <div
        role="img"
        aria-label={`Used on each day, in ${unit.unitPlural}, as a chart. The table says the same in numbers.`}
        className="h-56"
      >
        <UsageBars days={usage.days} tools={tools} unit={unit} />
      </div>
      <figcaption>
        <ul className="flex flex-wrap gap-x-4 gap-y-1 text-muted-foreground text-xs">
          {tools.map(({ name, color }) => (
            <li key={name} className="flex items-center gap-1.5">
              <span aria-hidden style={{ background: color }} className="size-2.5 rounded-[3px]" />
              <span>{name}</span>
            </li>
          ))}
        </ul>
      </figcaption>
    </figure>
  )
}
