'use server'

import { redirect } from 'next/navigation'
import { createClient } from '@/lib/supabase/server'

/** Ends the session of this browser and leads to the sign-in page. Other devices stay signed in. */
export async function signOut(): Promise<never> {
  const supabase = await createClient()
  await supabase.auth.signOut({ scope: 'local' })
  redirect('/login')
}
