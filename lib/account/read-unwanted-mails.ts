import 'server-only'
import { createClient } from '@/lib/supabase/server'

/** The mails a user has switched off, as `MAIL_CHOICES` names them. Throws when the database does not answer. */
export async function readUnwantedMails(userId: string): Promise<readonly string[]> {
  const supabase = await createClient()
  const { data, error } = await supabase
    .from('profiles')
    .select('unwanted_mails')
    .eq('id', userId)
    .maybeSingle()
  if (error) throw new Error(`The choice of mails could not be read: ${error.message}`, { cause: error })
  return data?.unwanted_mails ?? []
}
