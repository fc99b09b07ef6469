'use client'

import { useActionState } from 'react'
import { AuthForm } from '@/components/auth/auth-form'
import { FormField } from '@/components/auth/form-field'
import { SubmitButton } from '@/components/auth/submit-button'
import { changeEmail } from '@/lib/auth/change-email'
import { emptyForm } from '@/lib/auth/form-state'

/** Asks for another address to sign in with. */
export function EmailForm({ email }: { email: string }) {
  const [state, action, saving] = useActionState(changeEmail, emptyForm)
  return (
    <div className="max-w-md">
      <AuthForm action={action} state={state}>
        <FormField
          name="email"
          type="email"
          label="New address"
          description={`It changes once a link in both mailboxes was opened. Until then, sign in with the one you have.`}
          autoComplete="email"
          required
          state={state}
        />
        <div className="flex flex-wrap items-center gap-3">
          <SubmitButton size="default" variant="outline">
            Change address
          </SubmitButton>
          <p role="status" className="min-w-0 break-words text-muted-foreground text-sm">
            {state.sentTo && !saving && `We mailed a link to ${email}, and to ${state.sentTo} if it is free.`}
          </p>
        </div>
      </AuthForm>
    </div>
  )
}
