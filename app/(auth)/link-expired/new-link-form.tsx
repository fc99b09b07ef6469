'use client'

import { type ReactNode, useActionState } from 'react'
import { AuthForm } from '@/components/auth/auth-form'
import { AuthPanel } from '@/components/auth/auth-panel'
import { CheckYourMail } from '@/components/auth/check-your-mail'
import { EmailField } from '@/components/auth/email-field'
import { SubmitButton } from '@/components/auth/submit-button'
import { emptyForm } from '@/lib/auth/form-state'
import { resendMail } from '@/lib/auth/resend-mail'

const USED = {
  title: 'This link no longer works',
  description: 'Each link works once and for an hour. We mail you a new one.',
}
const LATE = {
  title: 'The link could not be checked',
  description: 'The sign-in service did not answer. Open the link again in a moment, or ask for a new one.',
}

type NewLinkFormProps = { next: string; isLate: boolean; footer: ReactNode }

export function NewLinkForm({ next, isLate, footer }: NewLinkFormProps) {
  const [state, action] = useActionState(resendMail, emptyForm)
  const kind = next === '/reset-password' ? 'recovery' : 'link'
  if (state.sentTo) return <CheckYourMail kind={kind} email={state.sentTo} next={next} />
  return (
    <AuthPanel {...(isLate ? LATE : USED)} footer={footer}>
      <AuthForm action={action} state={state} next={next}>
        <input type="hidden" name="kind" value={kind} />
        <EmailField state={state} />
        <SubmitButton>Send a new link</SubmitButton>
      </AuthForm>
    </AuthPanel>
  )
}
