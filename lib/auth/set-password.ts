import 'server-only'
import { createAuthClient } from '@/lib/supabase/auth'
import { authMessage } from './auth-message'

/**
 * Sets the password of who is signed in, who has proved who they are, and signs them out everywhere else: whoever knew
 * the old one is out. Gives what is wrong, in a sentence, or null.
 */
export async function setPassword(password: string, currentPassword?: string): Promise<string | null> {
  const auth = await createAuthClient()
  const { error } = await auth.updateUser({ password, current_password: currentPassword })
  if (error) return authMessage(error)
  await auth.signOut({ scope: 'others' })
  return null
}
