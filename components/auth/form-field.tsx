import type { ComponentProps, ReactNode } from 'react'
import { Field, FieldDescription, FieldError } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Label } from '@/components/ui/label'
import type { FormState } from '@/lib/auth/form-state'

type FormFieldProps = Omit<ComponentProps<'input'>, 'id'> & {
  name: string
  label: string
  state: FormState
  description?: string
  /** Stands at the end of the label's line. */
  aside?: ReactNode
  /** Takes the place of the plain input. */
  control?: (props: ComponentProps<'input'>) => ReactNode
}

/** A labelled input with what was typed before, and what is wrong with it. */
export function FormField({ name, label, state, description, aside, control, ...props }: FormFieldProps) {
  const error = state.errors?.[name]
  const described = [error && `${name}-error`, description && `${name}-description`].filter(Boolean).join(' ')
  const input = {
    ...props,
    id: name,
    name,
    defaultValue: state.values?.[name],
    'aria-invalid': error ? true : undefined,
    'aria-describedby': described || undefined,
  }
  return (
    <Field>
      <div className="flex items-center justify-between gap-4 has-[a]:pointer-coarse:min-h-11">
        <Label htmlFor={name}>{label}</Label>
        {aside}
      </div>
      <div>{control ? control(input) : <Input {...input} />}</div>
      <FieldError id={`${name}-error`}>{error}</FieldError>
      {description && !error && <FieldDescription id={`${name}-description`}>{description}</FieldDescription>}
    </Field>
  )
}
