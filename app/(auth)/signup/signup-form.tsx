'use client'

import { type ReactNode, useActionState } from 'react'
import { AuthForm } from '@/components/auth/auth-form'
import { AuthPanel } from '@/components/auth/auth-panel'
import { CheckYourMail } from '@/components/auth/check-your-mail'
import { EmailField } from '@/components/auth/email-field'
import { SubmitButton } from '@/components/auth/submit-button'
import { TermsNote } from '@/components/auth/terms-note'
import { TextLink } from '@/components/auth/text-link'
import { emptyForm } from '@/lib/auth/form-state'
import { withNext } from '@/lib/auth/next-path'
import { signUp } from './actions'

export function SignupForm({ next, providers }: { next: string; providers: ReactNode }) {
  const [state, action] = useActionState(signUp, emptyForm)
  if (state.sentTo) return <CheckYourMail kind="signup" email={state.sentTo} next={next} />
  return (
    <AuthPanel
      title="Create your account"
      description="Free credits are waiting once your address is confirmed."
      footer={
        <>
          Already have an account? <TextLink href={withNext('/login', next)}>Sign in</TextLink>
        </>
      }
    >
      {providers}
      <AuthForm action={action} state={state} next={next}>
        <EmailField state={state} />
        <SubmitButton>Create account</SubmitButton>
        <TermsNote doing="creating an account" />
      </AuthForm>
    </AuthPanel>
  )
}
