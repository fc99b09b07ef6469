import 'server-only'
import { z } from 'zod'
import { logger } from '@/lib/logger'
import { AUTH_TIMEOUT_MS, authHeaders, authUrl } from './auth-request'
import { type StoredSession, storedSession } from './session-cookie'

/** `ended`: Auth knows this session no more. `unavailable`: Auth could not say, so nothing about it has changed. */
export type Renewal =
  | { outcome: 'renewed'; session: StoredSession }
  | { outcome: 'ended' }
  | { outcome: 'unavailable'; retryAfterSeconds: number }

/**
 * How long a result is shared, in ms. Requests that left the browser before its new cookie arrived get the same
 * session; those of a dead session, or during an outage, do not ask again at once.
 */
const SHARED_MS = { renewed: 10_000, ended: 60_000, unavailable: 2_000 }
const RETRY_AFTER_SECONDS = 5

const answered = z.looseObject({ expires_in: z.number(), expires_at: z.number().optional() })
/** Auth's own refusals have a code; what a gateway or a proxy refuses has none, and says nothing about a session. */
const refused = z.union([z.looseObject({ error_code: z.string() }), z.looseObject({ code: z.string() })])

type Known = { renewal: Promise<Renewal>; until: number }
const renewals = new Map<string, Known>()

/**
 * Exchanges a refresh token for a new session: one call for all that ask at once.
 * @param sessionId of the token's owner, so that a guessed token is shared with nobody
 * @param address of the visitor
 */
export async function renewSession(
  refreshToken: string,
  { sessionId, address }: { sessionId: string; address: string | null },
): Promise<Renewal> {
  const now = Date.now()
  for (const [key, { until }] of renewals) if (until <= now) renewals.delete(key)
  const key = `${sessionId} ${refreshToken}`
  const running = renewals.get(key)
  if (running) return running.renewal
  const known: Known = { renewal: ask(refreshToken, address), until: Number.POSITIVE_INFINITY }
  renewals.set(key, known)
  const renewal = await known.renewal
  known.until = Date.now() + SHARED_MS[renewal.outcome]
  return renewal
}

async function ask(refreshToken: string, address: string | null): Promise<Renewal> {
  try {
    const response = await fetch(authUrl('/token?grant_type=refresh_token'), {
      method: 'POST',
      headers: { ...authHeaders(address), 'content-type': 'application/json' },
      body: JSON.stringify({ refresh_token: refreshToken }),
      signal: AbortSignal.timeout(AUTH_TIMEOUT_MS),
      cache: 'no-store',
    })
    const body: unknown = await response.json().catch(() => null)
    if (response.ok) return { outcome: 'renewed', session: toSession(body) }
    const isRefusal = response.status < 500 && response.status !== 429 && refused.safeParse(body).success
    if (isRefusal) return { outcome: 'ended' }
    logger.warn('Auth could not renew a session; it is kept', { status: response.status })
  } catch (error) {
    logger.warn('Auth could not be asked to renew a session; it is kept', { error })
  }
  return { outcome: 'unavailable', retryAfterSeconds: RETRY_AFTER_SECONDS }
}

function toSession(body: unknown): StoredSession {
  const {
    expires_in,
    expires_at = Math.floor(Date.now() / 1000) + expires_in,
    ...rest
  } = answered.parse(body)
  return storedSession.parse({ ...rest, expires_in, expires_at })
}
