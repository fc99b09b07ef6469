import 'server-only'
import { type AuthError, isAuthRetryableFetchError } from '@supabase/supabase-js'
import { logger } from '@/lib/logger'

const SENTENCES: Record<string, string> = {
  invalid_credentials: 'The e-mail address or the password is not right.',
  email_not_confirmed:
    'Confirm your e-mail address first: open the link we mailed you, or ask for a sign-in link.',
  user_banned: 'This account has been closed.',
  weak_password: 'This password is too easy to guess. Choose a longer one.',
  same_password: 'This is the password you already have. Choose another one.',
  captcha_failed: 'We could not tell that you are a person. Try again.',
  signup_disabled: 'New accounts cannot be created at the moment.',
  email_address_invalid: 'Mail cannot be delivered to this address. Check it for typing errors.',
  email_address_not_authorized: 'Mail cannot be delivered to this address yet.',
  over_email_send_rate_limit: 'Too many mails were sent in a short time. Wait a few minutes, then try again.',
}

/** What to tell a person about a refusal of the sign-in service, in one sentence. Logs what was not expected. */
export function authMessage(error: AuthError): string {
  const known = SENTENCES[error.code ?? '']
  if (known) return known
  if (error.status === 429) return 'Too many attempts. Wait a minute, then try again.'
  logger.error('The sign-in service refused a request', { code: error.code, status: error.status, error })
  if (isAuthRetryableFetchError(error)) return 'The sign-in service did not answer. Try again in a moment.'
  return 'Something failed on our side. Try again in a moment.'
}

/** True when a mail to this very address went out a moment ago, so that another one is refused for now. */
export function wasJustMailed(error: AuthError): boolean {
  return error.status === 429 && /only request this/i.test(error.message)
}
