import type { UsageDay } from '@/lib/account/usage-days'
import type { CreditUnit } from '@/lib/credit-type'
import { countCredits, formatDate } from '@/lib/format'

/** A bar for each day, as high as its part of the busiest one. A day without use is a point on the ground line. */
export function UsageChart({ days, unit }: { days: readonly UsageDay[]; unit: CreditUnit }) {
  const most = Math.max(1, ...days.map(({ used }) => used))
  const [first, last] = [days[0], days.at(-1)]
  if (!first || !last) return null
  return (
    <figure className="grid gap-2">
      <ol className="flex h-24 items-end gap-0.5 sm:gap-1">
        {days.map(({ day, used }) => (
          <li
            key={day}
            title={`${formatDate(day)}: ${countCredits(used, unit)}`}
            className="group flex h-full flex-1 items-end"
          >
            <span className="sr-only">
              {formatDate(day)}: {countCredits(used, unit)}
            </span>
            <span
              aria-hidden
              style={{ height: `${(used / most) * 100}%` }}
              className={
                used > 0
                  ? 'min-h-1 w-full rounded-t-sm bg-primary/80 transition-colors group-hover:bg-primary'
                  : 'min-h-0.5 w-full rounded-full bg-border'
              }
            />
          </li>
        ))}
      </ol>
      <figcaption className="figures flex justify-between text-muted-foreground text-xs">
        <time dateTime={first.day}>{formatDate(first.day)}</time>
        <time dateTime={last.day}>{formatDate(last.day)}</time>
      </figcaption>
    </figure>
  )
}
