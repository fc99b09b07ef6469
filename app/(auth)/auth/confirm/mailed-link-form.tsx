'use client'

import { type ReactNode, useActionState } from 'react'
import { AuthForm } from '@/components/auth/auth-form'
import { AuthPanel } from '@/components/auth/auth-panel'
import { SubmitButton } from '@/components/auth/submit-button'
import { TermsNote } from '@/components/auth/terms-note'
import { TextLink } from '@/components/auth/text-link'
import { Alert, AlertDescription } from '@/components/ui/alert'
import { emptyForm } from '@/lib/auth/form-state'
import type { LinkType, MailedLink } from '@/lib/auth/mailed-link'
import { redeemLink } from '@/lib/auth/redeem-link'

type Words = {
  title: string
  description: (address: ReactNode) => ReactNode
  button: string
  /** What a new user agrees to the terms by. */
  newcomer?: string
}

const SIGN_IN: Words = { title: 'Sign in', description: (address) => <>As {address}.</>, button: 'Sign in' }
const WORDS: Record<LinkType, Words> = {
  signup: {
    title: 'Confirm your address',
    description: (address) => <>This confirms that {address} is yours.</>,
    button: 'Confirm my address',
    newcomer: 'confirming it',
  },
  email: SIGN_IN,
  magiclink: SIGN_IN,
  recovery: {
    title: 'Choose a new password',
    description: (address) => <>For {address}.</>,
    button: 'Continue',
  },
  invite: {
    title: 'You have been invited',
    description: (address) => <>Your account will be {address}.</>,
    button: 'Accept the invitation',
    newcomer: 'accepting it',
  },
  email_change: {
    title: 'Confirm your new address',
    description: (address) => <>Your account will use {address}.</>,
    button: 'Confirm the change',
  },
}

type MailedLinkFormProps = { link: MailedLink; signedInAs: string | undefined }

/** Says whose link it is, and redeems it at the press of a button. */
export function MailedLinkForm({ link, signedInAs }: MailedLinkFormProps) {
  const [state, action] = useActionState(redeemLink, emptyForm)
  const { title, description, button, newcomer } = WORDS[link.type]
  const isSomebodyElse = signedInAs !== undefined && signedInAs !== link.email
  return (
    <AuthPanel
      title={title}
      description={description(
        <strong className="wrap-anywhere font-medium text-foreground">{link.email}</strong>,
      )}
      footer={isSomebodyElse && <TextLink href="/dashboard">Stay signed in as {signedInAs}</TextLink>}
    >
      <AuthForm action={action} state={state} next={link.next}>
        {isSomebodyElse && (
          <Alert>
            <AlertDescription className="wrap-anywhere">
              You are signed in as {signedInAs}. This link signs this browser in as {link.email} instead.
            </AlertDescription>
          </Alert>
        )}
        <input type="hidden" name="token_hash" value={link.token_hash} />
        <input type="hidden" name="type" value={link.type} />
        <input type="hidden" name="email" value={link.email} />
        <SubmitButton>{button}</SubmitButton>
        {newcomer && <TermsNote doing={newcomer} />}
      </AuthForm>
    </AuthPanel>
  )
}
