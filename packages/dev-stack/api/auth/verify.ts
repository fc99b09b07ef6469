import { z } from 'zod'
import type { Caller } from '../caller.ts'
import { refusePhone } from './absent.ts'
import { AuthError, invalid, otpExpired } from './auth-error.ts'
import type { AuthContext } from './context.ts'
import { confirmEmailChange } from './email-change.ts'
import { hashOneTimeCode } from './one-time-token.ts'
import { readBody } from './read-body.ts'
import { resignSession } from './sessions.ts'

const TYPES = ['signup', 'invite', 'magiclink', 'recovery', 'email', 'email_change'] as const

const PHONE_TYPES = ['sms', 'phone_change']
const typeSchema = z.object({ type: z.string().nullish() })

const verifySchema = z.object({
  type: z.enum(TYPES, 'Invalid email verification type'),
  token_hash: z.string().min(1).optional(),
  email: z.string().optional(),
  token: z.string().optional(),
})

type Verification = z.infer<typeof verifySchema>

/** What each type may redeem. */
const REDEEMS: Readonly<Record<string, readonly ('confirmation' | 'recovery')[]>> = {
  signup: ['confirmation'],
  invite: ['confirmation'],
  magiclink: ['recovery'],
  recovery: ['recovery'],
  email: ['confirmation', 'recovery'],
}

/** POST /verify: exchanges what was mailed for a session, and confirms the address. */
export async function verify(context: AuthContext, request: Request, caller: Caller): Promise<Response> {
  const { type } = await readBody(request, typeSchema)
  refusePhone({ phone: type && PHONE_TYPES.includes(type) })
  return await redeem(context, await readBody(request, verifySchema), caller)
}

/** GET /verify: the same for a link that was clicked; the session travels in the fragment of the address. */
export async function followLink(context: AuthContext, request: Request, caller: Caller): Promise<Response> {
  const query = new URL(request.url).searchParams
  const target = new URL(context.redirects.resolve(query.get('redirect_to')))
  const link = verifySchema.safeParse({ type: query.get('type'), token_hash: query.get('token') })
  target.hash = new URLSearchParams(await fragmentOf(context, link.data, caller)).toString()
  return new Response(null, { status: 303, headers: { location: target.href } })
}

async function fragmentOf(
  context: AuthContext,
  link: Verification | undefined,
  caller: Caller,
): Promise<Record<string, string>> {
  try {
    if (!link) throw otpExpired()
    const response = await redeem(context, link, caller)
    if (!response.ok) throw otpExpired()
    const { access_token, refresh_token, expires_in, expires_at, token_type, msg } = await response.json()
    if (!access_token) return { message: msg }
    return { access_token, refresh_token, expires_in, expires_at, token_type, type: link.type }
  } catch (error) {
    if (!(error instanceof AuthError)) throw error
    return { error: 'access_denied', error_code: error.code, error_description: error.message }
  }
}

async function redeem(
  context: AuthContext,
  { type, ...proof }: Verification,
  caller: Caller,
): Promise<Response> {
  const hash = proof.token_hash ?? hashOf(proof)
  const response =
    type === 'email_change' ? await confirmEmailChange(context, hash) : await signInWith(context, type, hash)
  return await resignSession(response, context, caller)
}

async function signInWith({ sql, engine }: AuthContext, type: string, hash: string): Promise<Response> {
  const [found] = await sql<{ kind: 'confirmation' | 'recovery' }[]>`
    select case when confirmation_token = ${hash} then 'confirmation' else 'recovery' end as kind
    from auth.users
    where confirmation_token = ${hash}
    or recovery_token = ${hash}
  `
  if (!found || !REDEEMS[type]?.includes(found.kind)) throw otpExpired()
  const engineType = found.kind === 'confirmation' ? 'signup' : type === 'recovery' ? 'recovery' : 'magiclink'
  return await engine.post('/verify', { type: engineType, token_hash: hash })
}

function hashOf({ email, token }: { email?: string | undefined; token?: string | undefined }): string {
  if (!email || !token) throw invalid('Verify requires either a token or a token hash')
  return hashOneTimeCode(email, token)
}
