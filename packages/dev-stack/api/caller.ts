import { AsyncLocalStorage } from 'node:async_hooks'
import { isIP } from 'node:net'
import { errors } from 'jose'
import type { LocalKeys } from '../keys.ts'
import { json } from './http.ts'
import type { Claims, Tokens } from './tokens.ts'

/** Who sends a request: the claims of their access token, or of their API key when nobody is signed in. */
export type Caller = {
  role: string
  claims: Claims
  signedIn: boolean
  /** Whom limits per address are for: the visitor whom a server with the secret key names, else who is connected. */
  address: string
}

/** The caller of the request being served, for code that the Data API calls without one. */
export const currentCaller = new AsyncLocalStorage<Caller>()

type Credentials = Pick<LocalKeys, 'publishableKey' | 'secretKey'> & Pick<Tokens, 'verify'>

/** Paths a browser opens by itself, without an API key. */
const OPEN_PATHS = /^\/auth\/v1\/(verify|authorize|callback|sso\/saml\/.*|oauth\/.*|\.well-known\/.*)$/
/** The gateway listens here alone. */
const LOOPBACK = '127.0.0.1'
const BROWSER = /^\s*Mozilla\s*\/\s*5\s*\.\s*0/i
const BEARER = /^Bearer\s+(.+)$/i

/** Checks the API key and the access token as the gateway of hosted Supabase does. The refusal is a response. */
export async function identifyCaller(request: Request, credentials: Credentials): Promise<Caller | Response> {
  const url = new URL(request.url)
  if (OPEN_PATHS.test(url.pathname)) return keyHolder('anon', LOOPBACK)
  const apiKey = request.headers.get('apikey') ?? url.searchParams.get('apikey')
  if (!apiKey) {
    return json(401, {
      message: 'No API key found in request',
      hint: 'No `apikey` request header or url param was found.',
    })
  }
  const isSecret = apiKey === credentials.secretKey
  if (!isSecret && apiKey !== credentials.publishableKey) {
    return json(401, { message: 'Invalid API key', hint: 'Double check your Supabase `apikey`' })
  }
  if (isSecret && BROWSER.test(request.headers.get('user-agent') ?? '')) {
    return json(401, {
      message: 'Forbidden use of secret API key in browser',
      hint: 'Secret API keys can only be used in a protected environment and should never be used in a browser.',
    })
  }
  const address = (isSecret && forwardedFor(request)) || LOOPBACK
  const bearer = BEARER.exec(request.headers.get('authorization') ?? '')?.[1]?.trim()
  if (!bearer || bearer.startsWith('sb_')) return keyHolder(isSecret ? 'service_role' : 'anon', address)
  try {
    const claims = await credentials.verify(bearer)
    return { role: claims.role ?? 'authenticated', claims, signedIn: true, address }
  } catch (error) {
    return refuseToken(url.pathname, error instanceof errors.JWTExpired)
  }
}

/** The first address of `Sb-Forwarded-For`, as hosted Supabase reads it. Believed with the secret key alone. */
function forwardedFor(request: Request): string | undefined {
  const first = request.headers.get('sb-forwarded-for')?.split(',')[0]?.trim() ?? ''
  return isIP(first) ? first : undefined
}

function keyHolder(role: 'anon' | 'service_role', address: string): Caller {
  return { role, claims: { role }, signedIn: false, address }
}

function refuseToken(path: string, expired: boolean): Response {
  if (path.startsWith('/auth/v1')) {
    const reason = expired
      ? 'token has invalid claims: token is expired'
      : 'token signature is invalid: signature is invalid'
    const message = `invalid JWT: unable to parse or verify signature, ${reason}`
    return json(403, { code: 403, error_code: 'bad_jwt', msg: message }, { 'x-sb-error-code': 'bad_jwt' })
  }
  return expired
    ? json(401, { code: 'PGRST303', details: null, hint: null, message: 'JWT expired' })
    : json(401, {
        code: 'PGRST301',
        details: 'None of the keys was able to decode the JWT',
        hint: null,
        message: 'No suitable key or wrong key type',
      })
}
