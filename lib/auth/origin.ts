import 'server-only'
import { env } from '@/lib/env'
import { ForbiddenError } from '@/lib/http/errors'

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses a mutating request that another site made a browser send (the cookies would come along).
 * Throws ForbiddenError.
 *
 * Browsers name the sending page in `Origin`, and scripts on that page cannot change it. A request without
 * it is let through only from something that is no browser (a script with its own cookie jar): there, nobody
 * is tricked into sending anything.
 */
export function assertSameOrigin(request: Request): void {
  if (SAFE_METHODS.has(request.method)) return
  if (!isSameOrigin(request)) {
    throw new ForbiddenError('This request came from another site and was refused.')
  }
}

/** The site of the page that sent a request, where that is another than ours; null for ours, and for what is no page. */
export function foreignOrigin(request: Request): string | null {
  const origin = request.headers.get('origin')
  return origin === null || isSameOrigin(request) ? null : origin
}

function isSameOrigin({ headers, url }: Request): boolean {
  const origin = headers.get('origin')
  if (origin !== null) {
    if (origin === env().APP_URL) return true
    const host = headers.get('host') ?? new URL(url).host
    return URL.canParse(origin) && new URL(origin).host === host
  }
  const site = headers.get('sec-fetch-site')
  if (site !== null) return site === 'same-origin'
  return !headers.get('user-agent')?.startsWith('Mozilla/')
}
