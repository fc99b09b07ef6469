import { compare } from 'bcryptjs'
import { z } from 'zod'
import type { Caller } from '../caller.ts'
import { notEmbedded, refusePhone } from './absent.ts'
import { AuthError } from './auth-error.ts'
import type { AuthContext } from './context.ts'
import { errorCodeOf } from './engine.ts'
import { inTurn } from './in-turn.ts'
import { readBody } from './read-body.ts'
import { resignSession } from './sessions.ts'
import { findUser } from './users.ts'

/** Ways to get a session that hosted Auth has besides. */
const ABSENT_GRANTS: Readonly<Record<string, string>> = {
  id_token: 'Signing in with a token of another provider',
  pkce: 'Signing in by ?code=',
  web3: 'Signing in with a wallet (web3)',
}

const passwordSchema = z.looseObject({
  email: z.string().nullish(),
  password: z.string().nullish(),
  refresh_token: z.string().nullish(),
  phone: z.string().nullish(),
})

/** POST /token: signs in with a password, or renews a session. */
export async function grantToken(context: AuthContext, request: Request, caller: Caller): Promise<Response> {
  const { email, password, phone, refresh_token } = await readBody(request, passwordSchema)
  const grantType = new URL(request.url).searchParams.get('grant_type') ?? ''
  const absent = ABSENT_GRANTS[grantType]
  if (absent) throw notEmbedded(absent)
  refusePhone({ phone })
  if (refresh_token) return await renewSession(context, request, caller, refresh_token)
  await refuseBanned(context, email?.toLowerCase() ?? '')
  const response = await context.engine.forward(request, caller)
  // The engine says so before it looks at the password: that would tell strangers who has an account.
  if ((await errorCodeOf(response)) === 'email_not_confirmed') {
    const user = await findUser(context.sql, { email: email ?? '' })
    const isTheirs = await compare(password ?? '', user?.encrypted_password ?? '')
    if (!isTheirs) throw new AuthError(400, 'invalid_credentials', 'Invalid login credentials')
  }
  return await resignSession(response, context, caller)
}

/**
 * The engine rotates a refresh token in several statements, so two calls of one session at once would end it. As on
 * hosted Supabase they wait for each other, and the later one gets the token that the first has made.
 */
async function renewSession(
  context: AuthContext,
  request: Request,
  caller: Caller,
  refreshToken: string,
): Promise<Response> {
  const [found] = await context.sql<{ session_id: string; email: string }[]>`
    select t.session_id, u.email
    from auth.refresh_tokens t
    join auth.users u on u.id = t.user_id
    where t.token = ${refreshToken}`
  await refuseBanned(context, found?.email ?? '')
  return await inTurn(`session ${found?.session_id}`, async () =>
    resignSession(await context.engine.forward(request, caller), context, caller),
  )
}

async function refuseBanned({ sql }: AuthContext, email: string): Promise<void> {
  const [banned] = await sql`select from auth.users where email = ${email} and banned_until > now()`
  if (banned) throw new AuthError(400, 'user_banned', 'User is banned')
}

/** PUT /user: changes the caller's own password, address or metadata. A new password ends all other sessions. */
export async function updateUser(context: AuthContext, request: Request, caller: Caller): Promise<Response> {
  const { password, phone } = await readBody(request, passwordSchema)
  refusePhone({ phone })
  const response = await context.engine.forward(request, caller)
  const { sub, session_id } = caller.claims
  if (response.ok && password && sub && session_id) {
    await context.sql`delete from auth.sessions where user_id = ${sub} and id <> ${session_id}`
  }
  return response
}
