'use server'

import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { answerEvenly } from '@/lib/auth/answer-evenly'
import { authMessage } from '@/lib/auth/auth-message'
import { captchaField, emailField, nextField } from '@/lib/auth/fields'
import type { FormState } from '@/lib/auth/form-state'
import { sendMail } from '@/lib/auth/send-mail'
import { validatedAction } from '@/lib/auth/validated-action'
import { countAttempt } from '@/lib/rate-limits/count-attempt'
import { createAuthClient } from '@/lib/supabase/auth'

const schema = z.object({
  // Which button was pressed; the Enter key presses the first.
  method: z.enum(['password', 'link']).default('password'),
  email: emailField,
  password: z.string().max(1024, 'The password is too long.').default(''),
  next: nextField,
  captchaToken: captchaField,
})

type Credentials = Omit<z.output<typeof schema>, 'method'>

async function signInWithPassword({ email, password, next, captchaToken }: Credentials): Promise<FormState> {
  if (!password) return { errors: { password: 'Enter your password.' } }
  const auth = await createAuthClient()
  const { error } = await auth.signInWithPassword({ email, password, options: { captchaToken } })
  if (error) return { message: authMessage(error) }
  redirect(next)
}

export const signIn = validatedAction(schema, async ({ method, ...input }) => {
  if (method === 'link') return sendMail('link', input)
  await countAttempt('sign_in', { headers: await headers() })
  return answerEvenly(() => signInWithPassword(input))
})
