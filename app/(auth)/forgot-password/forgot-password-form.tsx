'use client'

import { useActionState } from 'react'
import { AuthForm } from '@/components/auth/auth-form'
import { AuthPanel } from '@/components/auth/auth-panel'
import { CheckYourMail } from '@/components/auth/check-your-mail'
import { EmailField } from '@/components/auth/email-field'
import { SubmitButton } from '@/components/auth/submit-button'
import { TextLink } from '@/components/auth/text-link'
import { emptyForm } from '@/lib/auth/form-state'
import { forgotPassword } from './actions'

export function ForgotPasswordForm() {
  const [state, action] = useActionState(forgotPassword, emptyForm)
  if (state.sentTo) return <CheckYourMail kind="recovery" email={state.sentTo} />
  return (
    <AuthPanel
      title="Forgot your password?"
      description="We mail you a link to choose a new one."
      footer={
        <TextLink href="/login" className="touch-target">
          Back to sign in
        </TextLink>
      }
    >
      <AuthForm action={action} state={state}>
        <EmailField state={state} />
        <SubmitButton>Send the link</SubmitButton>
      </AuthForm>
    </AuthPanel>
  )
}
