'use client'

import { useActionState } from 'react'
import { AuthForm } from '@/components/auth/auth-form'
import { AuthPanel } from '@/components/auth/auth-panel'
import { PasswordField } from '@/components/auth/password-field'
import { SubmitButton } from '@/components/auth/submit-button'
import { emptyForm } from '@/lib/auth/form-state'
import { resetPassword } from './actions'

export function ResetPasswordForm({ email }: { email: string }) {
  const [state, action] = useActionState(resetPassword, emptyForm)
  return (
    <AuthPanel title="Choose a new password" description={<>For {email}. Other devices are signed out.</>}>
      <AuthForm action={action} state={state}>
        {/* Tells password managers which entry to change. */}
        <input type="hidden" autoComplete="username" value={email} />
        <PasswordField state={state} label="New password" isNew />
        <SubmitButton>Save password</SubmitButton>
      </AuthForm>
    </AuthPanel>
  )
}
