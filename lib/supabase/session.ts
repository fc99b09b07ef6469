import 'server-only'
import { env } from '@/lib/env'
import { logger } from '@/lib/logger'
import { isOver, readAccessToken, type TokenClaims } from './access-token'
import { cookieOptions } from './cookie-options'
import { type Renewal, renewSession } from './renew-session'
import { changeSessionCookie, readSessionCookie, type SetCookie, type StoredSession } from './session-cookie'
import { sessionCookieName, usualCookieName } from './session-cookie-name'

/**
 * Who a request comes from. `unavailable`: there is a session, and Auth cannot say at present whether it goes on.
 */
export type Session =
  | { state: 'none' }
  | { state: 'active'; claims: TokenClaims; accessToken: string }
  | { state: 'unavailable'; retryAfterSeconds: number }

/** A session, with what has to be set for the browser to keep up with it. */
export type ResolvedSession = { session: Session; changes: SetCookie[] }

type Cookies = { name: string; value: string }[]

type Options = {
  /** `early`: before it ends, and when the cookie asks for it; `late`: only once the token is over. */
  renew: 'early' | 'late' | 'never'
  /** Of the visitor. */
  address: string | null
}

/** A token is renewed this long before it ends, in seconds: as supabase-js does it in the browser. */
const MARGIN_SECONDS = 90
const NOBODY: ResolvedSession = { session: { state: 'none' }, changes: [] }

/**
 * Reads the session of a request's cookies, and renews it when due. Costs no call to Auth for a token that this project
 * has not signed. Only Auth's own refusal ends a session: neither a rate limit nor an outage does.
 */
export async function resolveSession(cookies: Cookies, options: Options): Promise<ResolvedSession> {
  const { NEXT_PUBLIC_SUPABASE_URL } = env()
  const name = sessionCookieName(NEXT_PUBLIC_SUPABASE_URL)
  const stored = await readSessionCookie(name, cookies)
  if (stored) return resolveStored(stored, name, cookies, options)
  const usual = usualCookieName(NEXT_PUBLIC_SUPABASE_URL)
  const found = usual === name ? null : await readSessionCookie(usual, cookies)
  if (found) return moveSession(found, { from: usual, to: name }, cookies, options)
  // What is no session at all would only be sent again and again.
  return { ...NOBODY, changes: changeSessionCookie(name, cookies, null, cookieOptions()) }
}

/** Takes a session of this project over from the cookie that supabase-js uses by itself; another's is left alone. */
async function moveSession(
  stored: StoredSession,
  { from, to }: Record<'from' | 'to', string>,
  cookies: Cookies,
  options: Options,
): Promise<ResolvedSession> {
  if (!(await readClaims(stored.access_token))) return NOBODY
  const { session, changes } = await resolveStored(stored, to, cookies, options)
  const isKept = session.state !== 'none' && changes.length === 0
  const set = isKept ? changeSessionCookie(to, cookies, stored, cookieOptions()) : changes
  return { session, changes: [...set, ...changeSessionCookie(from, cookies, null, cookieOptions())] }
}

async function resolveStored(
  stored: StoredSession,
  name: string,
  cookies: Cookies,
  { renew, address }: Options,
): Promise<ResolvedSession> {
  const claims = await readClaims(stored.access_token)
  if (claims === 'unavailable') return unavailable(1)
  if (!claims) return NOBODY
  const asItIs = isOver(claims) ? NOBODY : active(claims, stored)
  if (!isDue(claims, stored, renew)) return asItIs

  const renewal = await renewSession(stored.refresh_token, { sessionId: claims.sessionId, address })
  if (renewal.outcome === 'unavailable') {
    return isOver(claims) ? unavailable(renewal.retryAfterSeconds) : asItIs
  }
  const session = await toSession(renewal)
  const next = renewal.outcome === 'renewed' ? renewal.session : null
  return { session, changes: changeSessionCookie(name, cookies, next, cookieOptions()) }
}

function isDue(claims: TokenClaims, stored: StoredSession, renew: Options['renew']): boolean {
  if (renew !== 'early') return renew === 'late' && isOver(claims)
  return Math.min(claims.expiresAt, stored.expires_at) - MARGIN_SECONDS <= Date.now() / 1000
}

async function toSession(renewal: Exclude<Renewal, { outcome: 'unavailable' }>): Promise<Session> {
  if (renewal.outcome === 'ended') return { state: 'none' }
  const claims = await readAccessToken(renewal.session.access_token)
  if (!claims) throw new Error('Auth answered with a token that none of its keys has signed.')
  return active(claims, renewal.session).session
}

async function readClaims(token: string): Promise<TokenClaims | null | 'unavailable'> {
  try {
    return await readAccessToken(token)
  } catch (error) {
    logger.warn('The keys of Auth could not be read; sessions cannot be checked', { error })
    return 'unavailable'
  }
}

function active(claims: TokenClaims, { access_token }: StoredSession): ResolvedSession {
  return { session: { state: 'active', claims, accessToken: access_token }, changes: [] }
}

function unavailable(retryAfterSeconds: number): ResolvedSession {
  return { session: { state: 'unavailable', retryAfterSeconds }, changes: [] }
}
