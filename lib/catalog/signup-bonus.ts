import 'server-only'
import { GENERAL } from '@/lib/credit-type'
import { logger } from '@/lib/logger'
import { createAnonymousClient } from '@/lib/supabase/anonymous'

/** The general credits a new user starts with, or null when the database does not answer: pages then leave the number out. */
export async function readSignupBonus(): Promise<number | null> {
  const { data, error } = await createAnonymousClient()
    .from('credit_types')
    .select('signup_bonus')
    .eq('id', GENERAL)
    .maybeSingle()
  if (error) logger.error('the sign-up bonus could not be read', { error: error.message })
  return data?.signup_bonus ?? null
}
