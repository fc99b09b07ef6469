import { type NextRequest, NextResponse } from 'next/server'
import { isGuarded } from '@/lib/auth/guarded-paths'
import { unavailablePage } from '@/lib/auth/unavailable-page'
import { protectPage } from '@/lib/http/content-security/protect-page'
import { PUBLIC_PAGES } from '@/lib/http/content-security/public-policy'
import { admitAction } from '@/lib/http/server-action/admit-action'
import { withoutEmptyParameters } from '@/lib/http/without-empty-parameters'
import { updateSession } from '@/lib/supabase/middleware'

export async function middleware(request: NextRequest) {
  const refusal = await admitAction(request)
  if (refusal) return refusal
  const { pathname, search } = request.nextUrl
  // Before the session: what shared caches keep must never carry a cookie.
  const kept = PUBLIC_PAGES.find((page) => page === pathname.toLowerCase())
  if (kept === pathname) return NextResponse.next({ request })
  if (kept) return NextResponse.redirect(new URL(`${kept}${search}`, request.nextUrl), 308)
  const protect = protectPage(request, pathname)
  const guarded = isGuarded(pathname)
  const clean = guarded && request.method === 'GET' && withoutEmptyParameters(request.nextUrl.href)
  if (clean) return NextResponse.redirect(clean)
  const { session, carry, next } = await updateSession(request, { renew: guarded ? 'early' : 'late' })

  if (!guarded || session.state === 'active') return protect(next())
  if (session.state === 'unavailable') return unavailablePage(session.retryAfterSeconds)
  const login = new URL('/login', request.nextUrl)
  login.searchParams.set('next', `${pathname}${search}`)
  return carry(NextResponse.redirect(login))
}

export const config = {
  runtime: 'nodejs',
  // Skipped: built files, anything with a file extension, and /api. A route handler can set cookies, so each one
  // reads and refreshes the session itself and answers 401 in JSON, where a redirect would be of no use.
  matcher: [
    // Skipped as well: the public pages, which nothing of a request changes.
    '/((?!api/|_next/|.*\\.[a-z0-9]+$|(?:pricing|help|privacy|terms|docs/mcp)?$).*)',
    // What may be a call of a server action is looked at wherever it goes.
    { source: '/(pricing|help|privacy|terms|docs/mcp)?', has: [{ type: 'header', key: 'content-type' }] },
    { source: '/(pricing|help|privacy|terms|docs/mcp)?', has: [{ type: 'header', key: 'next-action' }] },
  ],
}
