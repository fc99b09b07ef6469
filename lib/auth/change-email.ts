'use server'

import { headers } from 'next/headers'
import { z } from 'zod'
import { countAttempt } from '@/lib/rate-limits/count-attempt'
import { createAuthClient } from '@/lib/supabase/auth'
import { emailField } from './fields'
import { mailedLinkTarget, mailSent } from './send-mail'
import { requireUser } from './session'
import { validatedAction } from './validated-action'

const schema = z.object({ email: emailField })

/**
 * Asks both mailboxes, the old and the new one, to confirm a new address: it changes once both have. An address that
 * somebody else has gets no mail, and the page cannot tell.
 */
export const changeEmail = validatedAction(schema, async ({ email }) => {
  const user = await requireUser('/settings')
  if (email === user.email.toLowerCase())
    return { errors: { email: 'This is the address you already have.' } }
  await countAttempt('change_sign_in', { headers: await headers(), userId: user.id })
  const auth = await createAuthClient()
  const { error } = await auth.updateUser({ email }, { emailRedirectTo: mailedLinkTarget('/settings') })
  return mailSent(email, error)
})
