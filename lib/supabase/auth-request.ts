import 'server-only'
import { env } from '@/lib/env'

/** The longest a page waits for Auth, in ms. */
export const AUTH_TIMEOUT_MS = 5_000

export function authUrl(path: string): string {
  return `${env().NEXT_PUBLIC_SUPABASE_URL}/auth/v1${path}`
}

/**
 * Auth limits calls by address, and all of the app's come from one. With the secret key it believes the app whom a
 * call is for, so that visitors do not use up each other's share. Only ever sent to Auth: on data the key would open
 * everything.
 * @param address of the visitor; null when nothing trusted has told it
 */
export function authHeaders(address: string | null): Record<string, string> {
  return {
    apikey: env().SUPABASE_SECRET_KEY,
    ...(address !== null && { 'Sb-Forwarded-For': address }),
  }
}
