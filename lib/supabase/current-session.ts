import 'server-only'
import { cookies, headers } from 'next/headers'
import { cache } from 'react'
import { env } from '@/lib/env'
import { clientAddress } from '@/lib/http/client-address'
import { cookieOptions } from './cookie-options'
import { resolveSession, type Session } from './session'
import { changeSessionCookie } from './session-cookie'
import { sessionCookieName } from './session-cookie-name'

/** The session of this request as it stands, checked once per page. The middleware has renewed it where that was due. */
export const currentSession = cache(async (): Promise<Session> => {
  const store = await cookies()
  const { session } = await resolveSession(store.getAll(), { renew: 'never', address: null })
  return session
})

/** The same for route handlers, which the middleware leaves alone: renews what is due and sets the new cookie. */
export async function renewedSession(): Promise<Session> {
  const store = await cookies()
  const address = clientAddress(await headers())
  const { session, changes } = await resolveSession(store.getAll(), { renew: 'early', address })
  for (const change of changes) store.set(...change)
  return session
}

/** For route handlers: takes the session from the browser. */
export async function forgetSession(): Promise<void> {
  const store = await cookies()
  const name = sessionCookieName(env().NEXT_PUBLIC_SUPABASE_URL)
  const changes = changeSessionCookie(name, store.getAll(), null, cookieOptions())
  for (const change of changes) store.set(...change)
}
