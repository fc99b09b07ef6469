'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { emailField, nextField, passwordField } from '@/lib/auth/fields'
import { mailedLinkTarget, mailSent } from '@/lib/auth/send-mail'
import { validatedAction } from '@/lib/auth/validated-action'
import { createClient } from '@/lib/supabase/server'

const schema = z.object({ email: emailField, password: passwordField, next: nextField })

export const signUp = validatedAction(schema, async ({ email, password, next }) => {
  const supabase = await createClient()
  const options = { emailRedirectTo: mailedLinkTarget(next) }
  const { data, error } = await supabase.auth.signUp({ email, password, options })
  // A project that asks for no confirmation signs people in at once.
  if (data.session) redirect(next)
  return mailSent(email, error)
})
