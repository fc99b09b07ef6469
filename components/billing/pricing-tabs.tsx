import { type ReactNode, useId } from 'react'

type PricingTabsProps = {
  /** Null where there is nothing of the kind: then the other one stands alone. */
  credits: ReactNode | null
  plans: ReactNode | null
  start?: 'credits' | 'plans'
}

const CHOICES = [
  { value: 'credits', label: 'Credits' },
  { value: 'plans', label: 'Plans' },
] as const

const TAB =
  'relative inline-flex h-8 items-center rounded-md px-4 font-medium text-muted-foreground text-sm transition-colors hover:text-foreground has-checked:bg-card has-checked:text-foreground has-checked:shadow-xs has-focus-visible:ring-2 has-focus-visible:ring-ring dark:has-checked:bg-input pointer-coarse:h-11'

/** Covers its label: what is clicked, and found by a finger, is the choice itself. */
const INPUT = 'absolute inset-0 cursor-pointer appearance-none outline-none'

/** What is bought once, or plans: a choice that works before any script has come, and without. */
export function PricingTabs({ credits, plans, start = 'credits' }: PricingTabsProps) {
  const name = useId()
  if (!plans || !credits) return credits ?? plans
  return (
    <div className="group grid gap-6">
      <fieldset className="inline-flex w-fit items-center gap-1 rounded-lg border bg-muted p-1">
        <legend className="sr-only">Ways to pay</legend>
        {CHOICES.map(({ value, label }) => (
          <label key={value} className={TAB}>
            <input
              type="radio"
              name={name}
              value={value}
              defaultChecked={start === value}
              className={INPUT}
            />
            {label}
          </label>
        ))}
      </fieldset>
      <div className="group-has-[[value=plans]:checked]:hidden">{credits}</div>
      <div className="group-has-[[value=credits]:checked]:hidden">{plans}</div>
    </div>
  )
}
