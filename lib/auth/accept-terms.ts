import 'server-only'
import { z } from 'zod'
import { callFunction } from '@/lib/supabase/call-function'
import { TERMS_VERSION } from './terms'

/** Notes that a user has accepted the terms as they read today; the first time counts. */
export async function acceptTerms(userId: string): Promise<void> {
  await callFunction('accept_terms', { p_user_id: userId, p_version: TERMS_VERSION }, z.unknown())
}
