import 'server-only'
import { env } from '@/lib/env'
import { logger } from '@/lib/logger'
import { isOver, readAccessToken, type TokenClaims } from './access-token'
import { cookieOptions } from './cookie-options'
import { type Renewal, renewSession } from './renew-session'
import {
  changeSessionCookie,
  readSessionCookie,
  type SetCookie,
  type StoredSession,
  sessionCookieName,
} from './session-cookie'

/**
 * Who a request comes from. `unavailable`: there is a session, and Auth cannot say at present whether it goes on.
 */
export type Session =
  | { state: 'none' }
  | { state: 'active'; claims: TokenClaims; accessToken: string }
  | { state: 'unavailable'; retryAfterSeconds: number }

/** A session, with what has to be set for the browser to keep up with it. */
export type ResolvedSession = { session: Session; changes: SetCookie[] }

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
export async function resolveSession(
  cookies: { name: string; value: string }[],
  { renew, address }: Options,
): Promise<ResolvedSession> {
  const name = sessionCookieName(env().NEXT_PUBLIC_SUPABASE_URL)
  const stored = await readSessionCookie(name, cookies)
  // What is no session at all would only be sent again and again.
  if (!stored) return { ...NOBODY, changes: changeSessionCookie(name, cookies, null, cookieOptions()) }
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
