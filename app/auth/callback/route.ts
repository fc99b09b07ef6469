import { redirect } from 'next/navigation'
import { acceptTerms } from '@/lib/auth/accept-terms'
import { safeNextPath } from '@/lib/auth/next-path'
import { noInput, publicRoute } from '@/lib/http/routes'
import { logger } from '@/lib/logger'
import { createAuthClient } from '@/lib/supabase/auth'

/** Where GitHub and Google send people back to, with a code this browser alone can exchange for a session. */
export const GET = publicRoute(noInput, async ({ request }) => {
  const query = new URL(request.url).searchParams
  const code = query.get('code')
  // Said no at the provider, or came here some other way. What the address says about it is not shown to anyone.
  if (!code) redirect('/login?problem=provider')

  const auth = await createAuthClient()
  const { data, error } = await auth.exchangeCodeForSession(code)
  if (error) {
    logger.warn('A provider sign-in could not be completed', { code: error.code, status: error.status })
    redirect('/login?problem=provider')
  }
  // Beside the button that led to the provider it says so.
  await acceptTerms(data.user.id)
  redirect(safeNextPath(query.get('next')))
})
