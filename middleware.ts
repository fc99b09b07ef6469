import { type NextRequest, NextResponse } from 'next/server'
import { isGuarded } from '@/lib/auth/guarded-paths'
import { unavailablePage } from '@/lib/auth/unavailable-page'
import { protectPage } from '@/lib/http/content-security/protect-page'
import { admitAction } from '@/lib/http/server-action/admit-action'
import { withoutEmptyParameters } from '@/lib/http/without-empty-parameters'
import { updateSession } from '@/lib/supabase/middleware'

export async function middleware(request: NextRequest) {
  const refusal = await admitAction(request)
  if (refusal) return refusal
  const { pathname, search } = request.nextUrl
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
  matcher: ['/((?!api/|_next/|.*\\.[a-z0-9]+$).*)'],
}
