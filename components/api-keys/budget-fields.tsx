import { Field, FieldDescription } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Label } from '@/components/ui/label'
import { MAX_BUDGET } from '@/lib/api-keys/input'
import { formatCredits } from '@/lib/format'

/** What a key may spend, in whole credits; null for no limit. */
export type Budgets = { perDay: number | null; perMonth: number | null; total: number | null }

const FIELDS = [
  ['perDay', 'A day'],
  ['perMonth', 'A month'],
  ['total', 'In total'],
] as const

export const BUDGET_PROBLEM = `A budget is a whole number of credits, from 1 to ${formatCredits(MAX_BUDGET)}.`

/** The budgets of a form; null when one is no whole number of credits. */
export function readBudgets(form: FormData): Budgets | null {
  const budgets: Budgets = { perDay: null, perMonth: null, total: null }
  for (const [name] of FIELDS) {
    const text = String(form.get(name) ?? '').trim()
    if (text === '') continue
    if (!/^[1-9]\d{0,9}$/.test(text) || Number(text) > MAX_BUDGET) return null
    budgets[name] = Number(text)
  }
  return budgets
}

/** Asks for the budgets of a key: an empty one is no limit. */
export function BudgetFields({ budgets }: { budgets?: Budgets }) {
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-2 font-medium text-sm">Budget, in credits</legend>
      <div className="grid gap-3 sm:grid-cols-3">
        {FIELDS.map(([name, label]) => (
          <Field key={name}>
            <Label htmlFor={`budget-${name}`}>{label}</Label>
            <Input
              id={`budget-${name}`}
              name={name}
              defaultValue={budgets?.[name] ?? ''}
              inputMode="numeric"
              autoComplete="off"
              placeholder="No limit"
              className="tabular-nums"
              aria-describedby="budget-note"
            />
          </Field>
        ))}
      </div>
      <FieldDescription id="budget-note">
        Days and months are those of UTC. You get a mail at 50, 80, 90 and 100%.
      </FieldDescription>
    </fieldset>
  )
}
