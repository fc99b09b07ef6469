import type { FormState } from '@/lib/auth/form-state'
import { FormField } from './form-field'

export function EmailField({ state }: { state: FormState }) {
  return (
    <FormField
      name="email"
      label="E-mail"
      type="email"
      inputMode="email"
      autoComplete="email"
      autoCapitalize="none"
      spellCheck={false}
      required
      placeholder="name@example.com"
      state={state}
    />
  )
}
