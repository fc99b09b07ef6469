import 'server-only'
import { env } from '@/lib/env'
import { sessionCookieName } from './session-cookie-name'

/** `Secure` wherever the app is served over https; the library never sets it by itself. */
export function cookieOptions() {
  const { APP_URL, NEXT_PUBLIC_SUPABASE_URL } = env()
  return { name: sessionCookieName(NEXT_PUBLIC_SUPABASE_URL), secure: APP_URL.startsWith('https:') }
}
