'use client'

import { MailCheckIcon } from 'lucide-react'
import { type ReactNode, useActionState, useEffect, useRef } from 'react'
import { emptyForm } from '@/lib/auth/form-state'
import { resendMail } from '@/lib/auth/resend-mail'
import type { MailKind } from '@/lib/auth/send-mail'
import { AuthForm } from './auth-form'
import { AuthPanel } from './auth-panel'
import { PanelIcon } from './panel-icon'
import { SubmitButton } from './submit-button'
import { TextLink } from './text-link'

type Words = { sent: (address: ReactNode) => ReactNode; again: string; footer: ReactNode }

const BACK = (
  <TextLink href="/login" className="touch-target">
    Back to sign in
  </TextLink>
)

// None of them says whether the address has an account.
const WORDS: Record<MailKind, Words> = {
  signup: {
    sent: (address) => (
      <>A link that confirms your address is on its way to {address}, if there is no account for it yet.</>
    ),
    again: 'Sent once more, if there is no account yet.',
    footer: (
      <>
        Have an account already? <TextLink href="/login">Sign in</TextLink> or{' '}
        <TextLink href="/forgot-password">reset your password</TextLink>.
      </>
    ),
  },
  link: {
    sent: (address) => (
      <>A link that signs you in is on its way to {address}, if there is an account for it.</>
    ),
    again: 'Sent once more, if there is an account.',
    footer: BACK,
  },
  recovery: {
    sent: (address) => (
      <>A link to choose a new password is on its way to {address}, if there is an account for it.</>
    ),
    again: 'Sent once more, if there is an account.',
    footer: BACK,
  },
}

type CheckYourMailProps = { kind: MailKind; email: string; next?: string }

/** What a form turns into once its mail was sent. */
export function CheckYourMail({ kind, email, next }: CheckYourMailProps) {
  const [state, action] = useActionState(resendMail, emptyForm)
  const { sent, again, footer } = WORDS[kind]
  const title = useRef<HTMLHeadingElement>(null)
  // The button that was pressed is gone.
  useEffect(() => title.current?.focus(), [])
  return (
    <AuthPanel
      title="Check your mail"
      titleRef={title}
      description={sent(<strong className="wrap-anywhere font-medium text-foreground">{email}</strong>)}
      footer={footer}
    >
      <div className="grid justify-items-center gap-3 text-center text-muted-foreground text-sm">
        <PanelIcon icon={MailCheckIcon} />
        <p role="status" className="text-balance">
          <span>{state.sentTo ? again : 'It can take a minute.'}</span>
          <span> If it does not arrive, look in the spam folder.</span>
        </p>
      </div>
      <AuthForm action={action} state={state} next={next}>
        <input type="hidden" name="kind" value={kind} />
        <input type="hidden" name="email" value={email} />
        <SubmitButton variant="outline">Send it again</SubmitButton>
      </AuthForm>
    </AuthPanel>
  )
}
