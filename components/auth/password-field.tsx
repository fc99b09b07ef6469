import type { ReactNode } from 'react'
import type { FormState } from '@/lib/auth/form-state'
import { FormField } from './form-field'
import { PasswordInput } from './password-input'

type PasswordFieldProps = { state: FormState; label?: string; isNew?: boolean; aside?: ReactNode }

export function PasswordField({ state, label = 'Password', isNew = false, aside }: PasswordFieldProps) {
  return (
    <FormField
      name="password"
      label={label}
      autoComplete={isNew ? 'new-password' : 'current-password'}
      minLength={isNew ? 8 : undefined}
      description={isNew ? 'At least 8 characters.' : undefined}
      required
      state={state}
      aside={aside}
      control={(props) => <PasswordInput {...props} />}
    />
  )
}
