import 'server-only'
import { createClient } from '@supabase/supabase-js'
import { headers } from 'next/headers'
import { env } from '@/lib/env'
import { clientAddress } from '@/lib/http/client-address'
import { authHeaders } from './auth-request'
import { NO_SESSION } from './no-session'

/** Auth as {@link createAuthClient} has it, but for nobody, and without cookies: what it learns, the browser does not get. */
export async function createVisitorAuth() {
  const { NEXT_PUBLIC_SUPABASE_URL, SUPABASE_SECRET_KEY } = env()
  return createClient(NEXT_PUBLIC_SUPABASE_URL, SUPABASE_SECRET_KEY, {
    global: { headers: authHeaders(clientAddress(await headers())) },
    auth: NO_SESSION,
  }).auth
}
