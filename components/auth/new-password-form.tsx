'use client'

import { type ReactNode, useActionState } from 'react'
import { choosePassword } from '@/lib/auth/choose-password'
import { emptyForm } from '@/lib/auth/form-state'
import { AuthForm } from './auth-form'
import { AuthPanel } from './auth-panel'
import { PasswordField } from './password-field'
import { SubmitButton } from './submit-button'

type NewPasswordFormProps = {
  title: string
  description: ReactNode
  label: string
  email: string
  next?: string
  footer?: ReactNode
  /** What else is asked. */
  children?: ReactNode
}

/** Where who is signed in chooses a password. */
export function NewPasswordForm({
  title,
  description,
  label,
  email,
  next,
  footer,
  children,
}: NewPasswordFormProps) {
  const [state, action] = useActionState(choosePassword, emptyForm)
  return (
    <AuthPanel title={title} description={description} footer={footer}>
      <AuthForm action={action} state={state} next={next}>
        {/* Tells password managers which entry to change. */}
        <input type="hidden" autoComplete="username" value={email} />
        <PasswordField state={state} label={label} isNew />
        {children}
        <SubmitButton>Save password</SubmitButton>
      </AuthForm>
    </AuthPanel>
  )
}
