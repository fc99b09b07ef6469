import 'server-only'
import { createClient } from '@/lib/supabase/server'

/** The tools that are switched off, each with the sentence for its users. Throws when the database does not answer. */
export async function readToolSwitches(): Promise<Map<string, string>> {
  const supabase = await createClient()
  const { data, error } = await supabase.from('tool_switches').select('tool, message')
  if (error) throw new Error(`The switches of tools could not be read: ${error.message}`, { cause: error })
  return new Map(data.map(({ tool, message }) => [tool, message]))
}
