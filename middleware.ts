import { type NextRequest, NextResponse } from 'next/server'
import { updateSession } from '@/lib/supabase/middleware'

// Kept in step with app/(protected) and app/(admin); their layouts check again, so a page missed here is not open.
const GUARDED =
  /^\/(dashboard|example-tool|tools|buy-credits|payment-success|transactions|settings|admin)(\/|$)/

export async function middleware(request: NextRequest) {
  const { isSignedIn, carry, next } = await updateSession(request)
  const { pathname, search } = request.nextUrl

  if (!isSignedIn && GUARDED.test(pathname)) {
    const login = new URL('/login', request.nextUrl)
    login.searchParams.set('next', `${pathname}${search}`)
    return carry(NextResponse.redirect(login))
  }
  return next()
}

export const config = {
  runtime: 'nodejs',
  // Skipped: built files, anything with a file extension, and /api. A route handler can set cookies, so each one
  // reads and refreshes the session itself and answers 401 in JSON, where a redirect would be of no use.
  matcher: ['/((?!api/|_next/|.*\\.[a-z0-9]+$).*)'],
}
