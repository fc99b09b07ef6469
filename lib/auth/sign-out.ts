'use server'

import { redirect } from 'next/navigation'
import { createAuthClient } from '@/lib/supabase/auth'

/** Ends the session of this browser and leads to the sign-in page. Other devices stay signed in. */
export async function signOut(): Promise<never> {
  const auth = await createAuthClient()
  await auth.signOut({ scope: 'local' })
  redirect('/login')
}
