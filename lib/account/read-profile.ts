import 'server-only'
import { cache } from 'react'
import { createClient } from '@/lib/supabase/server'

/** The name a user goes by, empty until given. Once per request; throws when the database does not answer. */
export const readProfileName = cache(async (userId: string): Promise<string> => {
  const supabase = await createClient()
  const { data, error } = await supabase.from('profiles').select('name').eq('id', userId).maybeSingle()
  if (error) throw new Error(`The profile could not be read: ${error.message}`, { cause: error })
  return data?.name ?? ''
})
