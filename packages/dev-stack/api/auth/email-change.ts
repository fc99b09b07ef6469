import { json } from '../http.ts'
import { otpExpired, refuseTakenAddress } from './auth-error.ts'
import type { AuthContext } from './context.ts'
import { createOneTimeToken } from './one-time-token.ts'

const HALF_WAY = 'Confirmation link accepted. Please proceed to confirm link sent to the other email'

type Change = {
  id: string
  email: string
  email_change: string
  is_last: boolean
  is_expired: boolean
}

/**
 * Redeems one of the two links of a change of address. The address changes with the second one,
 * which also signs in. @throws AuthError `otp_expired` or `email_exists`.
 */
export async function confirmEmailChange(context: AuthContext, hash: string): Promise<Response> {
  const signIn = await context.sql.begin(async (transaction) => {
    const [change] = await transaction<Change[]>`
      select
        id, email, email_change,
        coalesce(email_change_token_current, '') in ('', ${hash})
          and coalesce(email_change_token_new, '') in ('', ${hash}) as is_last,
        email_change_sent_at < now() - make_interval(secs => ${context.settings.email.otp_expiry}) as is_expired
      from auth.users
      where email_change_token_current = ${hash}
      or email_change_token_new = ${hash}
      for update
    `
    if (!change || change.is_expired) throw otpExpired()
    if (!change.is_last) {
      await transaction`
        update auth.users
        set email_change_token_current = nullif(email_change_token_current, ${hash}),
          email_change_token_new = nullif(email_change_token_new, ${hash})
        where id = ${change.id}
      `
      return undefined
    }
    const token = createOneTimeToken(change.email_change, context.settings.email.otp_length)
    const confirmed = JSON.stringify({ email: change.email_change, email_verified: true })
    await transaction`
      update auth.users
      set email = email_change,
        email_change = null,
        email_change_token_current = null,
        email_change_token_new = null,
        email_confirmed_at = coalesce(email_confirmed_at, now()),
        raw_user_meta_data = raw_user_meta_data || ${confirmed}::jsonb,
        recovery_token = ${token.hash},
        recovery_sent_at = now(),
        updated_at = now()
      where id = ${change.id}
    `.catch(refuseTakenAddress)
    await transaction`
      update auth.identities
      set identity_data = identity_data || ${confirmed}::jsonb, updated_at = now()
      where user_id = ${change.id}
      and provider = 'email'
    `
    return token
  })
  if (!signIn) return json(200, { code: 200, msg: HALF_WAY })
  return await context.engine.post('/verify', { type: 'magiclink', token_hash: signIn.hash })
}

/** Mails both links of a pending change of address again; nothing happens when there is none. */
export async function resendEmailChange(
  { sql, settings, mailer }: AuthContext,
  email: string,
): Promise<void> {
  const [pending] = await sql<{ id: string; email: string; email_change: string }[]>`
    select id, email, email_change
    from auth.users
    where email = ${email.toLowerCase()}
    and email_change <> ''
  `
  if (!pending) return
  const currentToken = createOneTimeToken(pending.email, settings.email.otp_length)
  const newToken = createOneTimeToken(pending.email_change, settings.email.otp_length)
  await sql`
    update auth.users
    set email_change_token_current = ${currentToken.hash},
      email_change_token_new = ${newToken.hash},
      email_change_sent_at = now()
    where id = ${pending.id}
  `
  await mailer.sendEmailChange({ from: pending.email, to: pending.email_change, currentToken, newToken })
}
