import 'server-only'
import { createClient } from '@/lib/supabase/server'

export type UserProfile = { id: string; email: string; name: string; createdAt: string }

/** A user's profile as an admin sees it; null when there is no such user. Throws when the database does not answer. */
export async function readUser(id: string): Promise<UserProfile | null> {
  const supabase = await createClient()
  const { data, error } = await supabase
    .from('profiles')
    .select('id, email, name, created_at')
    .eq('id', id)
    .maybeSingle()
  if (error) throw new Error(`The user could not be read: ${error.message}`)
  return data && { id: data.id, email: data.email, name: data.name, createdAt: data.created_at }
}
