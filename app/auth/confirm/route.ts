import { isAuthRetryableFetchError } from '@supabase/supabase-js'
import type { Route } from 'next'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { ownPath, safeNextPath } from '@/lib/auth/next-path'
import { env } from '@/lib/env'
import { noInput, publicRoute } from '@/lib/http/routes'
import { createAuthClient } from '@/lib/supabase/auth'

const schema = z.object({
  token_hash: z.string().min(1).max(512),
  type: z.enum(['email', 'signup', 'magiclink', 'recovery', 'invite', 'email_change']),
})

/** Where every mailed link leads: redeems its token, which signs its owner in, and goes on to `next`. */
export const GET = publicRoute(noInput, async ({ request }) => {
  const query = new URL(request.url).searchParams
  const link = schema.safeParse(Object.fromEntries(query))
  const isRecovery = link.data?.type === 'recovery'
  const next = safeNextPath(
    ownPath(query.get('next'), env().APP_URL),
    isRecovery ? '/reset-password' : undefined,
  )
  if (!link.success) redirect(expired(next))

  const auth = await createAuthClient()
  const { data, error } = await auth.verifyOtp(link.data)
  if (error) redirect(expired(next, isAuthRetryableFetchError(error) || error.status === 429))
  // A change of address is confirmed from both mailboxes; the first of them signs nobody in.
  redirect(data.session ? next : '/email-confirmed')
})

/** Programs that look at links before people do ask with HEAD; a token must survive that. */
export const HEAD = publicRoute(noInput, async () => new Response(null))

function expired(next: Route, isLate = false): Route {
  const query = new URLSearchParams({ next, ...(isLate && { reason: 'later' }) })
  return `/link-expired?${query}`
}
