import 'server-only'
import { type NextRequest, NextResponse } from 'next/server'
import { clientAddress } from '@/lib/http/client-address'
import { resolveSession } from './session'

const NOT_TO_CACHE = 'private, no-cache, no-store, must-revalidate, max-age=0'

/**
 * Renews the session of a request when it is due. `carry(response)` puts the new cookies, and the header that keeps a
 * cache from sharing them, onto whatever response goes out; `next()` is the one that renders the page.
 * @param renew `early` for pages of signed-in people; public ones need a session that has not ended, and no more
 */
export async function updateSession(request: NextRequest, { renew }: { renew: 'early' | 'late' }) {
  const address = clientAddress(request.headers)
  const { session, changes } = await resolveSession(request.cookies.getAll(), { renew, address })
  // The page rendered by this very request must see the new session as well.
  for (const [name, value] of changes) request.cookies.set(name, value)

  function carry(response: NextResponse): NextResponse {
    for (const change of changes) response.cookies.set(...change)
    if (changes.length > 0) response.headers.set('cache-control', NOT_TO_CACHE)
    return response
  }
  return { session, carry, next: () => carry(NextResponse.next({ request })) }
}
