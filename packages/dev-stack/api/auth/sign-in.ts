import { compare } from 'bcryptjs'
import { z } from 'zod'
import type { Caller } from '../caller.ts'
import { AuthError } from './auth-error.ts'
import type { AuthContext } from './context.ts'
import { errorCodeOf } from './engine.ts'
import { readBody } from './read-body.ts'
import { resignSession } from './sessions.ts'
import { findUser } from './users.ts'

const passwordSchema = z.looseObject({
  email: z.string().nullish(),
  password: z.string().nullish(),
  refresh_token: z.string().nullish(),
})

/** POST /token: signs in with a password, or renews a session. */
export async function grantToken(context: AuthContext, request: Request, caller: Caller): Promise<Response> {
  const { email, password } = await readBody(request, passwordSchema)
  const response = await context.engine.forward(request, caller)
  // The engine says so before it looks at the password: that would tell strangers who has an account.
  if ((await errorCodeOf(response)) === 'email_not_confirmed') {
    const user = await findUser(context.sql, { email: email ?? '' })
    const isTheirs = await compare(password ?? '', user?.encrypted_password ?? '')
    if (!isTheirs) throw new AuthError(400, 'invalid_credentials', 'Invalid login credentials')
  }
  return await resignSession(response, context.tokens, context.publicUrl)
}

/** PUT /user: changes the caller's own password, address or metadata. A new password ends all other sessions. */
export async function updateUser(context: AuthContext, request: Request, caller: Caller): Promise<Response> {
  const { password } = await readBody(request, passwordSchema)
  const response = await context.engine.forward(request, caller)
  const { sub, session_id } = caller.claims
  if (response.ok && password && sub && session_id) {
    await context.sql`delete from auth.sessions where user_id = ${sub} and id <> ${session_id}`
  }
  return response
}
