import 'server-only'
import { createClient } from '@/lib/supabase/server'

/** The addresses of users by their ids, for those who are still there. Throws when they cannot be read. */
export async function readEmails(ids: readonly (string | null)[]): Promise<Map<string, string>> {
  const wanted = [...new Set(ids.filter((id) => id !== null))]
  if (wanted.length === 0) return new Map()
  const supabase = await createClient()
  const { data, error } = await supabase.from('profiles').select('id, email').in('id', wanted)
  if (error) throw new Error(`The addresses could not be read: ${error.message}`, { cause: error })
  return new Map(data.map(({ id, email }) => [id, email]))
}
