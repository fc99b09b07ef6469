'use client'

import { useId } from 'react'
import { Field } from '@/components/ui/field'
import { Label } from '@/components/ui/label'
import { ToggleGroup, ToggleGroupItem } from '@/components/ui/toggle-group'

type ChoiceFieldProps<Value extends string> = {
  label: string
  /** Each value with what people read for it, in order. */
  choices: Readonly<Record<Value, string>>
  value: Value
  onChange: (value: Value) => void
}

/** One of a few choices, as a segmented control with a label. */
export function ChoiceField<Value extends string>({
  label,
  choices,
  value,
  onChange,
}: ChoiceFieldProps<Value>) {
  const labelId = useId()
  const isChoice = (candidate: string): candidate is Value => Object.hasOwn(choices, candidate)
  return (
    <Field>
      <Label id={labelId}>{label}</Label>
      <ToggleGroup
        type="single"
        value={value}
        // Pressing the chosen one again would leave none.
        onValueChange={(chosen) => isChoice(chosen) && onChange(chosen)}
        aria-labelledby={labelId}
        data-choices={label}
      >
        {Object.entries<string>(choices).map(([choice, text]) => (
          <ToggleGroupItem key={choice} value={choice} data-choice={choice}>
            {text}
          </ToggleGroupItem>
        ))}
      </ToggleGroup>
    </Field>
  )
}
