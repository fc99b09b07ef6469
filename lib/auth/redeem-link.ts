'use server'

import { isAuthRetryableFetchError } from '@supabase/supabase-js'
import type { Route } from 'next'
import { redirect } from 'next/navigation'
import { createAuthClient } from '@/lib/supabase/auth'
import { createVisitorAuth } from '@/lib/supabase/visitor'
import { destination, landingPath, type MailedLink, mailedLink } from './mailed-link'
import { recordPendingConfirmation } from './record-pending-confirmation'
import { validatedAction } from './validated-action'

/**
 * Redeems a mailed link, which signs its owner in, and goes on to where it leads. This browser gets the session only if
 * the account has the address that the page has shown.
 */
export const redeemLink = validatedAction(mailedLink, async (link) => {
  const { token_hash, type, email } = link
  await recordPendingConfirmation(link)
  const visitor = await createVisitorAuth()
  const { data, error } = await visitor.verifyOtp({ token_hash, type })
  if (error) redirect(expiredPath(link, isAuthRetryableFetchError(error) || error.status === 429))
  // A change of address is confirmed from both mailboxes; the first of them signs nobody in.
  if (!data.session) redirect('/email-confirmed')
  if (data.user?.email?.toLowerCase() !== email) {
    await visitor.signOut({ scope: 'local' })
    redirect(expiredPath(link))
  }
  const auth = await createAuthClient()
  const { error: unset } = await auth.setSession(data.session)
  redirect(unset ? expiredPath(link, true) : landingPath(link))
})

function expiredPath(link: MailedLink, isLate = false): Route {
  const query = new URLSearchParams({ next: destination(link), ...(isLate && { reason: 'later' }) })
  return `/link-expired?${query}`
}
