import 'server-only'
import { env } from '@/lib/env'

/** `Secure` wherever the app is served over https; the library never sets it by itself. */
export function cookieOptions() {
  return { secure: env().APP_URL.startsWith('https:') }
}
