'use server'

import type { Route } from 'next'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { env } from '@/lib/env'
import { createAuthClient } from '@/lib/supabase/auth'
import { authMessage } from './auth-message'
import { nextField } from './fields'
import { enabledProviders, PROVIDERS } from './providers'

const schema = z.object({ provider: z.enum(PROVIDERS), next: nextField })

/** Sends the browser to GitHub or Google, which send it back to /auth/callback. */
export async function signInWithProvider(data: FormData) {
  const input = schema.safeParse(data instanceof FormData ? Object.fromEntries(data) : null)
  if (!input.success || !enabledProviders().includes(input.data.provider)) redirect('/login?problem=provider')
  const { provider, next } = input.data
  const auth = await createAuthClient()
  const redirectTo = `${env().APP_URL}/auth/callback?next=${encodeURIComponent(next)}`
  const { data: outcome, error } = await auth.signInWithOAuth({ provider, options: { redirectTo } })
  if (error) authMessage(error)
  // The provider's address comes from Supabase; the compiler knows only routes of this app.
  redirect((outcome.url ?? '/login?problem=provider') as Route)
}
