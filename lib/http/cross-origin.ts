/** For how long a browser may remember a preflight, in seconds; Chromium keeps none longer. */
const PREFLIGHT_MAX_AGE_S = 7200

const REQUEST_HEADERS = 'authorization, content-type, idempotency-key, mcp-protocol-version'
const ANSWER_HEADERS = 'idempotent-replayed, ratelimit, ratelimit-policy, retry-after, www-authenticate'

/**
 * Lets pages of any site send a request with a key of the API, and never with a cookie: a preflight carries no key, so
 * who may use it is checked when it is sent. Nothing is looked up here.
 * @param allow what a route says it takes; it becomes the answer to a preflight
 */
export function answerPreflight(request: Request, allow: Response): Response {
  if (!request.headers.has('origin') || !request.headers.has('access-control-request-method')) return allow
  allow.headers.set('access-control-allow-origin', '*')
  allow.headers.set('access-control-allow-methods', allow.headers.get('allow') ?? '')
  allow.headers.set('access-control-allow-headers', REQUEST_HEADERS)
  allow.headers.set('access-control-max-age', String(PREFLIGHT_MAX_AGE_S))
  return allow
}

/** Lets a page of another site read an answer, where the key that it sent allows that site. */
export function allowOrigin(answer: Headers, origin: string | null, allowed: readonly string[]): void {
  if (origin === null || !allowed.includes(origin)) return
  answer.set('access-control-allow-origin', origin)
  answer.set('access-control-expose-headers', ANSWER_HEADERS)
  answer.set('vary', 'origin')
}
