'use client'

import { type ReactNode, useActionState } from 'react'
import { AuthForm } from '@/components/auth/auth-form'
import { AuthPanel } from '@/components/auth/auth-panel'
import { CheckYourMail } from '@/components/auth/check-your-mail'
import { EmailField } from '@/components/auth/email-field'
import { PasswordField } from '@/components/auth/password-field'
import { SubmitButton } from '@/components/auth/submit-button'
import { TextLink } from '@/components/auth/text-link'
import { withNext } from '@/lib/auth/next-path'
import { signIn } from './actions'

type LoginFormProps = {
  next: string
  /** Something that went wrong before this page, in a sentence. */
  problem?: string
  providers: ReactNode
}

export function LoginForm({ next, problem, providers }: LoginFormProps) {
  const [state, action] = useActionState(signIn, { message: problem })
  if (state.sentTo) return <CheckYourMail kind="link" email={state.sentTo} next={next} />
  return (
    <AuthPanel
      title="Welcome back"
      description="Sign in to your account."
      footer={
        <>
          No account yet? <TextLink href={withNext('/signup', next)}>Create one</TextLink>
        </>
      }
    >
      {providers}
      <AuthForm action={action} state={state} next={next}>
        <EmailField state={state} />
        <PasswordField
          state={state}
          aside={
            <TextLink href="/forgot-password" className="touch-target text-sm leading-none">
              Forgot it?
            </TextLink>
          }
        />
        <div className="grid gap-3">
          <SubmitButton name="method" value="password">
            Sign in
          </SubmitButton>
          <SubmitButton variant="outline" name="method" value="link">
            E-mail me a sign-in link
          </SubmitButton>
        </div>
      </AuthForm>
    </AuthPanel>
  )
}
