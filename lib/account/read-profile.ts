import 'server-only'
import { cache } from 'react'
import { createClient } from '@/lib/supabase/server'

/** What people say of themselves: a name, empty until given, and the zone of times; null for that of the browser. */
export type Profile = { name: string; timeZone: string | null }

/** The profile of a user. Once per request; throws when the database does not answer. */
export const readProfile = cache(async (userId: string): Promise<Profile> => {
  const supabase = await createClient()
  const { data, error } = await supabase
    .from('profiles')
    .select('name, time_zone')
    .eq('id', userId)
    .maybeSingle()
  if (error) throw new Error(`The profile could not be read: ${error.message}`, { cause: error })
  return { name: data?.name ?? '', timeZone: data?.time_zone ?? null }
})
