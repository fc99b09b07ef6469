'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { emailField, nextField, passwordField } from '@/lib/auth/fields'
import { mailedLinkTarget, mailSent } from '@/lib/auth/send-mail'
import { validatedAction } from '@/lib/auth/validated-action'
import { createAuthClient } from '@/lib/supabase/auth'

const schema = z.object({ email: emailField, password: passwordField, next: nextField })

export const signUp = validatedAction(
  schema,
  async ({ email, password, next }) => {
    const auth = await createAuthClient()
    const options = { emailRedirectTo: mailedLinkTarget(next) }
    const { data, error } = await auth.signUp({ email, password, options })
    // A project that asks for no confirmation signs people in at once.
    if (data.session) redirect(next)
    return mailSent(email, error)
  },
  { rate: 'sign_up' },
)
