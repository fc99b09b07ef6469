import 'server-only'
import { cookies, headers } from 'next/headers'
import { cache } from 'react'
import { clientAddress } from '@/lib/http/client-address'
import { resolveSession, type Session } from './session'

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
