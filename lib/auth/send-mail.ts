import 'server-only'
import type { AuthError } from '@supabase/supabase-js'
import { headers } from 'next/headers'
import { env } from '@/lib/env'
import { countAttempt } from '@/lib/rate-limits/count-attempt'
import { createAuthClient } from '@/lib/supabase/auth'
import { answerEvenly } from './answer-evenly'
import { authMessage, wasJustMailed } from './auth-message'
import type { FormState } from './form-state'

export const MAIL_KINDS = ['signup', 'link', 'recovery'] as const
export type MailKind = (typeof MAIL_KINDS)[number]

// Answers that would tell a stranger whether an address has an account.
const SAYS_WHO_EXISTS = new Set([
  'otp_disabled',
  'signup_disabled',
  'user_not_found',
  'user_already_exists',
  'email_exists',
])

/** The state of a form whose mail was asked for: the same whether or not the address has an account. */
export function mailSent(email: string, error: AuthError | null): FormState {
  if (!error || SAYS_WHO_EXISTS.has(error.code ?? '') || wasJustMailed(error)) return { sentTo: email }
  return { message: authMessage(error) }
}

/** Where a mailed link leads after it has been verified; the template hands it on as `next`. */
export function mailedLinkTarget(next: string): string {
  return `${env().APP_URL}${next}`
}

type MailRequest = { email: string; next?: string; captchaToken?: string | undefined }

/**
 * Mails a confirmation, sign-in or new-password link. Takes as long whether or not the address has an account.
 * @throws RateLimitedError when too many were asked for
 */
export async function sendMail(kind: MailKind, request: MailRequest): Promise<FormState> {
  await countAttempt('mail', { headers: await headers() })
  return answerEvenly(async () => mailSent(request.email, await send(kind, request)))
}

async function send(kind: MailKind, { email, next = '/dashboard', captchaToken }: MailRequest) {
  const auth = await createAuthClient()
  const emailRedirectTo = mailedLinkTarget(next)
  switch (kind) {
    case 'signup':
      return (await auth.resend({ type: 'signup', email, options: { emailRedirectTo, captchaToken } })).error
    case 'link': {
      const options = { emailRedirectTo, captchaToken, shouldCreateUser: false }
      return (await auth.signInWithOtp({ email, options })).error
    }
    case 'recovery': {
      const redirectTo = mailedLinkTarget('/reset-password')
      return (await auth.resetPasswordForEmail(email, { redirectTo, captchaToken })).error
    }
  }
}
