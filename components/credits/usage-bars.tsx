'use client'

import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import { useFormat } from '@/components/reader/format-provider'
import type { StackedUsage } from '@/lib/account/stack-usage'
import type { CreditUnit } from '@/lib/credit-type'

type Day = StackedUsage['days'][number]
type Tool = { name: string; color: string }

const TICK = { fill: 'var(--muted-foreground)', fontSize: 12 }

type UsageBarsProps = { days: Day[]; tools: readonly Tool[]; unit: CreditUnit }

/** The bars of `UsageChart`, as wide as their place, with what a day is made of under the pointer. */
export function UsageBars({ days, tools, unit }: UsageBarsProps) {
  const { formatCredits, formatMonthDay } = useFormat()
  return (
    <ResponsiveContainer width="100%" height="100%">
      <BarChart data={days} accessibilityLayer={false} margin={{ top: 8, right: 0, bottom: 0, left: 0 }}>
        <CartesianGrid vertical={false} stroke="var(--border)" />
        <XAxis
          dataKey="day"
          tickFormatter={formatMonthDay}
          tick={TICK}
          tickLine={false}
          axisLine={{ stroke: 'var(--border)' }}
          interval="equidistantPreserveStart"
          minTickGap={24}
        />
        <YAxis
          tickFormatter={formatCredits}
          tick={TICK}
          tickLine={false}
          axisLine={false}
          allowDecimals={false}
          width="auto"
        />
        <Tooltip
          cursor={{ fill: 'var(--muted)' }}
          isAnimationActive={false}
          content={({ active, payload }) => {
            const day: Day | undefined = payload[0]?.payload
            return active && day ? <DayDetails day={day} tools={tools} unit={unit} /> : null
          }}
        />
        {tools.map(({ name, color }, index) => (
          <Bar
            key={name}
            name={name}
            dataKey={({ used }: Day) => used[index]}
            stackId="tools"
            fill={color}
            stroke="var(--card)"
            maxBarSize={40}
            isAnimationActive={false}
          />
        ))}
      </BarChart>
    </ResponsiveContainer>
  )
}

/** What was used on a day, by tool. */
function DayDetails({ day: { day, used, total }, tools, unit }: { day: Day } & Omit<UsageBarsProps, 'days'>) {
  const { countCredits, formatCredits, formatDay } = useFormat()
  return (
    <div
      data-testid="usage-tooltip"
      className="grid gap-1 rounded-lg border bg-popover px-3 py-2 text-popover-foreground text-xs shadow-md"
    >
      <p className="font-medium">{`${formatDay(day)}: ${countCredits(total, unit)}`}</p>
      {tools
        .map((tool, index) => ({ ...tool, amount: used[index] ?? 0 }))
        .filter(({ amount }) => amount !== 0)
        .map(({ name, color, amount }) => (
          <p key={name} className="figures flex items-center gap-1.5 text-muted-foreground">
            <span aria-hidden style={{ background: color }} className="size-2.5 rounded-[3px]" />
            <span>{`${name} ${formatCredits(amount)}`}</span>
          </p>
        ))}
    </div>
  )
}
