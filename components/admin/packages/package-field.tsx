import type { ReactNode } from 'react'
import { Field, FieldDescription } from '@/components/ui/field'
import { Label } from '@/components/ui/label'
import { NativeSelect } from '@/components/ui/native-select'

type PackageFieldProps = {
  id: string
  label: string
  note?: string
  /** The control, with this id. */
  children: ReactNode
}

/** A labelled control of the package form. */
export function PackageField({ id, label, note, children }: PackageFieldProps) {
  return (
    <Field className="content-start">
      <Label htmlFor={id}>{label}</Label>
      <div className="contents">{children}</div>
      {note && <FieldDescription>{note}</FieldDescription>}
    </Field>
  )
}

type PackageChoiceProps = {
  name: string
  label: string
  value: string
  /** Each value with what people read for it, in order. */
  choices: readonly (readonly [value: string, text: string])[]
}

/** One of some choices, in the package form. */
export function PackageChoice({ name, label, value, choices }: PackageChoiceProps) {
  const id = `package-${name}`
  return (
    <PackageField id={id} label={label}>
      <NativeSelect id={id} name={name} defaultValue={value}>
        {choices.map(([choice, text]) => (
          <option key={choice} value={choice}>
            {text}
          </option>
        ))}
      </NativeSelect>
    </PackageField>
  )
}
