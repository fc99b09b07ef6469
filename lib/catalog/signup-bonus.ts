import 'server-only'
import { GENERAL } from '@/lib/credit-type'
import { logger } from '@/lib/logger'
import { createClient } from '@/lib/supabase/server'

/** The general credits a new user starts with, or null when the database does not answer: pages then leave the number out. */
export async function readSignupBonus(): Promise<number | null> {
  const supabase = await createClient()
  const { data, error } = await supabase
    .from('credit_types')
    .select('signup_bonus')
    .eq('id', GENERAL)
    .maybeSingle()
  if (error) logger.error('the sign-up bonus could not be read', { error: error.message })
  return data?.signup_bonus ?? null
}
