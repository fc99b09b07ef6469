import 'server-only'
import { createClient, isAuthRetryableFetchError, type JWK } from '@supabase/supabase-js'
import { z } from 'zod'
import { env } from '@/lib/env'
import { AUTH_TIMEOUT_MS, authUrl } from './auth-request'
import { NO_SESSION } from './no-session'

/** What an access token says; `expiresAt` is in seconds. */
export type TokenClaims = { userId: string; email: string; sessionId: string; expiresAt: number }

const claimsSchema = z
  .object({ sub: z.uuid(), email: z.string().default(''), session_id: z.uuid(), exp: z.number() })
  .transform(({ sub, email, session_id, exp }) => ({
    userId: sub,
    email,
    sessionId: session_id,
    expiresAt: exp,
  }))

const headerSchema = z.object({ alg: z.string(), kid: z.string().optional() })

const keysSchema = z.object({
  keys: z.array(
    z.looseObject({ kid: z.string(), kty: z.enum(['RSA', 'EC', 'OKP']), key_ops: z.array(z.string()) }),
  ),
})

const ASYMMETRIC = new Set(['ES256', 'RS256'])

/** How soon a key that was not there is asked for again, in ms: whoever makes tokens up cannot cause more. */
const MIN_FETCH_INTERVAL_MS = 30_000

let known: { keys: JWK[]; fetchedAt: number } | null = null
let fetching: Promise<JWK[]> | null = null
let auth: ReturnType<typeof createVerifier> | undefined

/**
 * What a token says if this project has signed it, expired or not; null for any other. Checked locally with the
 * project's public keys. A project that still signs with a shared secret has none: Auth is asked, and an expired token
 * cannot be told from a made-up one.
 * @throws Error when the keys could not be read yet
 */
export async function readAccessToken(token: string): Promise<TokenClaims | null> {
  const [header = '', payload = ''] = token.split('.')
  const { alg, kid } = headerSchema.safeParse(decode(header)).data ?? {}
  const claims = claimsSchema.safeParse(decode(payload)).data
  if (!alg || !claims) return null
  const keys = await findKeys(kid)
  if (keys.length === 0) return isOver(claims) || (await isKnownToAuth(token)) ? claims : null
  if (!keys.some((key) => key.kid === kid) || !ASYMMETRIC.has(alg)) return null
  return (await isSigned(token, keys)) ? claims : null
}

/** Whether a token is no longer good for anything. */
export function isOver({ expiresAt }: Pick<TokenClaims, 'expiresAt'>): boolean {
  return expiresAt * 1000 <= Date.now()
}

async function findKeys(kid: string | undefined): Promise<JWK[]> {
  if (known) {
    const isFresh = Date.now() - known.fetchedAt < MIN_FETCH_INTERVAL_MS
    if (isFresh || known.keys.some((key) => key.kid === kid)) return known.keys
  }
  fetching ??= fetchKeys().finally(() => {
    fetching = null
  })
  return fetching
}

async function fetchKeys(): Promise<JWK[]> {
  try {
    const response = await fetch(authUrl('/.well-known/jwks.json'), {
      headers: { apikey: env().NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY },
      signal: AbortSignal.timeout(AUTH_TIMEOUT_MS),
      cache: 'no-store',
    })
    if (!response.ok) throw new Error(`The signing keys could not be read: ${response.status}`)
    const { keys } = keysSchema.parse(await response.json())
    known = { keys, fetchedAt: Date.now() }
    return keys
  } catch (error) {
    if (!known) throw error
    // An outage: the keys of before are still right.
    known.fetchedAt = Date.now()
    return known.keys
  }
}

async function isSigned(token: string, keys: JWK[]): Promise<boolean> {
  try {
    const { data } = await verifier().getClaims(token, { allowExpired: true, jwks: { keys } })
    return data !== null
  } catch {
    // It names another algorithm than its key is for.
    return false
  }
}

async function isKnownToAuth(token: string): Promise<boolean> {
  const { data, error } = await verifier().getUser(token)
  if (error && (isAuthRetryableFetchError(error) || error.status === 429)) throw error
  return data.user !== null
}

/** One for all requests: it holds no session, and to make one takes as long as to check a token. */
function verifier() {
  auth ??= createVerifier()
  return auth
}

function createVerifier() {
  const { NEXT_PUBLIC_SUPABASE_URL, NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY } = env()
  return createClient(NEXT_PUBLIC_SUPABASE_URL, NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY, {
    auth: NO_SESSION,
  }).auth
}

function decode(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString())
  } catch {
    return undefined
  }
}
