import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { json } from '../http.ts'
import { insertUser } from './admin-users.ts'
import { AuthError, emailExists, invalid } from './auth-error.ts'
import type { AuthContext, Sql } from './context.ts'
import { createOneTimeToken } from './one-time-token.ts'
import { readBody } from './read-body.ts'
import { findUser, toApiUser, type User } from './users.ts'

const TYPES = [
  'signup',
  'invite',
  'magiclink',
  'recovery',
  'email_change_current',
  'email_change_new',
] as const

const email = z.email('Unable to validate email address: invalid format')
const linkSchema = z.object({
  type: z.enum(TYPES, 'Invalid email action link type requested'),
  email,
  new_email: email.nullish(),
  password: z.string().max(72, 'Password cannot be longer than 72 characters').nullish(),
  data: z.record(z.string(), z.unknown()).nullish(),
  redirect_to: z.string().nullish(),
})

type LinkRequest = z.infer<typeof linkSchema>
type LinkType = LinkRequest['type']

/**
 * POST /admin/generate_link: what a mail would have held, without the mail. Makes the user where the type does.
 * @throws AuthError `user_not_found`, `email_exists` or `validation_failed`
 */
export async function generateLink(context: AuthContext, request: Request): Promise<Response> {
  const { sql, settings, redirects, publicUrl } = context
  const form = await readBody(request, linkSchema)
  const known = await findUser(sql, { email: form.email })
  if (form.type === 'signup' && !known && !form.password) throw invalid('Signup requires a valid password')
  // As on the hosted service: a stranger who is to get a magic link signs up with it.
  const type = form.type === 'magiclink' && !known ? 'signup' : form.type
  const id = await findOrMakeUser(sql, { ...form, type }, known)
  const mailedTo = type === 'email_change_new' ? (form.new_email ?? '') : form.email
  const token = createOneTimeToken(mailedTo, settings.email.otp_length)
  await keepToken(sql, id, type, token.hash, form.new_email)
  const user = await findUser(sql, { id })
  const redirectTo = form.redirect_to ? redirects.resolve(form.redirect_to) : redirects.current()
  const verificationType = type.startsWith('email_change') ? 'email_change' : type
  const query = new URLSearchParams({ token: token.hash, type: verificationType, redirect_to: redirectTo })
  return json(200, {
    ...(user && toApiUser(user)),
    action_link: `${publicUrl}/auth/v1/verify?${query}`,
    email_otp: token.code,
    hashed_token: token.hash,
    verification_type: type,
    redirect_to: redirectTo,
  })
}

async function findOrMakeUser(sql: Sql, form: LinkRequest, known: User | undefined): Promise<string> {
  const { type, password, data } = form
  if (type === 'signup' || type === 'invite') {
    if (known?.email_confirmed_at) throw emailExists()
    if (known) return known.id
    const id = randomUUID()
    await insertUser(sql, id, {
      email: form.email,
      user_metadata: data ?? {},
      ...(password && { password }),
    })
    return id
  }
  if (!known) throw new AuthError(404, 'user_not_found', 'User with this email not found')
  if (type.startsWith('email_change')) {
    if (!form.new_email) throw invalid('A change of address needs new_email')
    if (await findUser(sql, { email: form.new_email })) throw emailExists()
  }
  return known.id
}

async function keepToken(
  sql: Sql,
  id: string,
  type: LinkType,
  hash: string,
  newEmail: string | null | undefined,
): Promise<void> {
  const columns = {
    signup: sql`confirmation_token = ${hash}, confirmation_sent_at = now()`,
    invite: sql`confirmation_token = ${hash}, confirmation_sent_at = now(), invited_at = now()`,
    magiclink: sql`recovery_token = ${hash}, recovery_sent_at = now()`,
    recovery: sql`recovery_token = ${hash}, recovery_sent_at = now()`,
    email_change_current: sql`
      email_change = ${newEmail?.toLowerCase() ?? null}, email_change_token_current = ${hash}, email_change_sent_at = now()`,
    email_change_new: sql`
      email_change = ${newEmail?.toLowerCase() ?? null}, email_change_token_new = ${hash}, email_change_sent_at = now()`,
  }
  await sql`update auth.users set ${columns[type]} where id = ${id}`
}
