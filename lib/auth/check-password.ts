import 'server-only'
import { createVisitorAuth } from '@/lib/supabase/visitor'
import { authMessage } from './auth-message'

/** Whether this is the password of the account: what is wrong, in a sentence, or null. Leaves no session behind. */
export async function checkPassword(email: string, password: string): Promise<string | null> {
  const visitor = await createVisitorAuth()
  const { error } = await visitor.signInWithPassword({ email, password })
  if (error?.code === 'invalid_credentials') return 'That is not your current password.'
  if (error) return authMessage(error)
  await visitor.signOut({ scope: 'local' })
  return null
}
