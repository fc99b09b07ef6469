import 'server-only'
import { headers } from 'next/headers'
import { z } from 'zod'
import { clientNetwork } from '@/lib/http/client-address'
import { callFunction } from '@/lib/supabase/call-function'
import type { MailedLink } from './mailed-link'
import { TERMS_VERSION } from './terms'

/**
 * Notes what Auth will not know when it confirms an address: from where that is done, which limits the sign-up bonus, and
 * the terms that are accepted by it.
 */
export async function recordPendingConfirmation({ email, type }: MailedLink): Promise<void> {
  if (type === 'email_change') return
  const showsTerms = type === 'signup' || type === 'invite'
  const args = {
    p_email: email,
    p_network: clientNetwork(await headers()),
    ...(showsTerms && { p_terms_version: TERMS_VERSION }),
  }
  await callFunction('record_pending_confirmation', args, z.unknown())
}
