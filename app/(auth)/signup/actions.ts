'use server'

import { randomBytes } from 'node:crypto'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { acceptTerms } from '@/lib/auth/accept-terms'
import { answerEvenly } from '@/lib/auth/answer-evenly'
import { captchaField, emailField, nextField } from '@/lib/auth/fields'
import type { FormState } from '@/lib/auth/form-state'
import { withNext } from '@/lib/auth/next-path'
import { mailedLinkTarget, mailSent } from '@/lib/auth/send-mail'
import { validatedAction } from '@/lib/auth/validated-action'
import { createAuthClient } from '@/lib/supabase/auth'

const schema = z.object({ email: emailField, next: nextField, captchaToken: captchaField })

export const signUp = validatedAction(schema, (input) => answerEvenly(() => createAccount(input)), {
  rate: 'sign_up',
})

async function createAccount({ email, next, captchaToken }: z.output<typeof schema>): Promise<FormState> {
  const auth = await createAuthClient()
  const { data, error } = await auth.signUp({
    email,
    // Auth wants one. Nobody knows this one: the owner of the address chooses theirs once it is proved.
    password: randomBytes(32).toString('base64url'),
    options: { emailRedirectTo: mailedLinkTarget(next), captchaToken },
  })
  // A project that asks for no confirmation signs people in at once.
  if (data.session) {
    await acceptTerms(data.session.user.id)
    redirect(withNext('/choose-password', next))
  }
  return mailSent(email, error)
}
