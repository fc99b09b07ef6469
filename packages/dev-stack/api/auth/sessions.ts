import { decodeJwt } from 'jose'
import { z } from 'zod'
import type { Caller } from '../caller.ts'
import { json } from '../http.ts'
import type { AuthContext } from './context.ts'

const sessionSchema = z.looseObject({
  access_token: z.string(),
  user: z.looseObject({
    email: z.string().default(''),
    phone: z.string().default(''),
    app_metadata: z.record(z.string(), z.unknown()).default({}),
    user_metadata: z.record(z.string(), z.unknown()).default({}),
    is_anonymous: z.boolean().default(false),
  }),
})

/**
 * Replaces the access token of a session with one that carries the claims of hosted Supabase and the
 * signature of this installation, and stores where the session was used from. Any other response is handed on.
 */
export async function resignSession(
  response: Response,
  { sql, tokens, publicUrl }: AuthContext,
  { address }: Caller,
): Promise<Response> {
  if (!response.ok || !response.headers.get('content-type')?.includes('application/json')) return response
  const session = sessionSchema.safeParse(await response.clone().json())
  if (!session.success) return response
  const { access_token, user } = session.data
  const { sub, session_id, role, iat, exp } = decodeJwt<{ session_id: string; role: string }>(access_token)
  await sql`update auth.sessions set ip = ${address} where id = ${session_id}`
  const signed = await tokens.sign({
    iss: `${publicUrl}/auth/v1`,
    sub,
    aud: 'authenticated',
    iat,
    exp,
    role,
    email: user.email,
    phone: user.phone,
    app_metadata: user.app_metadata,
    user_metadata: user.user_metadata,
    aal: 'aal1',
    session_id,
    is_anonymous: user.is_anonymous,
  })
  return json(response.status, { ...session.data, access_token: signed })
}
