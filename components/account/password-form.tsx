'use client'

import { useActionState } from 'react'
import { AuthForm } from '@/components/auth/auth-form'
import { FormField } from '@/components/auth/form-field'
import { PasswordField } from '@/components/auth/password-field'
import { PasswordInput } from '@/components/auth/password-input'
import { SubmitButton } from '@/components/auth/submit-button'
import { TextLink } from '@/components/auth/text-link'
import { changePassword } from '@/lib/auth/change-password'
import { emptyForm } from '@/lib/auth/form-state'

/** Changes a password from inside the app, for who knows the current one. */
export function PasswordForm({ email }: { email: string }) {
  const [state, action, saving] = useActionState(changePassword, emptyForm)
  return (
    <div className="max-w-md">
      <AuthForm action={action} state={state}>
        {/* Tells password managers which entry to change. */}
        <input type="hidden" autoComplete="username" value={email} />
        <FormField
          name="current_password"
          label="Current password"
          autoComplete="current-password"
          required
          state={state}
          aside={
            <TextLink href="/forgot-password" className="touch-target text-sm">
              Forgot it, or have none?
            </TextLink>
          }
          control={(props) => <PasswordInput {...props} />}
        />
        <PasswordField state={state} label="New password" isNew />
        <div className="flex flex-wrap items-center gap-3">
          <SubmitButton size="default" variant="outline">
            Change password
          </SubmitButton>
          <p role="status" className="text-muted-foreground text-sm">
            {state.isDone && !saving && 'Changed. Your other devices are signed out.'}
          </p>
        </div>
      </AuthForm>
    </div>
  )
}
