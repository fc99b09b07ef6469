import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { insertUser, showUser } from './admin-users.ts'
import { emailExists } from './auth-error.ts'
import type { AuthContext } from './context.ts'
import { createOneTimeToken } from './one-time-token.ts'
import { readBody } from './read-body.ts'
import { findUser } from './users.ts'

const inviteSchema = z.object({
  email: z.email('Unable to validate email address: invalid format'),
  data: z.record(z.string(), z.unknown()).nullish(),
})

/** POST /invite: makes an unconfirmed user, or finds one, and mails an invitation. */
export async function invite(context: AuthContext, request: Request): Promise<Response> {
  const { email, data } = await readBody(request, inviteSchema)
  const known = await findUser(context.sql, { email })
  if (known?.email_confirmed_at) throw emailExists()
  const id = known?.id ?? randomUUID()
  if (!known) await insertUser(context.sql, id, { email, user_metadata: data ?? {} })
  const token = createOneTimeToken(email, context.settings.email.otp_length)
  await context.sql`
    update auth.users
    set confirmation_token = ${token.hash}, confirmation_sent_at = now(), invited_at = now()
    where id = ${id}
  `
  await context.mailer.sendInvite(email, token)
  return await showUser(context, id)
}
