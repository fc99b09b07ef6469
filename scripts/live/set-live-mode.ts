import { setTimeout as delay } from 'node:timers/promises'
import type { SupabaseClient } from '@supabase/supabase-js'
import type { Database } from '../../lib/supabase/database.types.ts'

const LOCK_NOT_AVAILABLE = '55P03'
const MAX_ATTEMPTS = 20
const PAUSE_MS = 250

/**
 * Has the database tell browsers of changes in this mode. While its tables are busy it gives up after half a second, so
 * that no charge waits longer, and is asked again.
 * @throws with a sentence when the database refuses, or stays busy
 */
export async function setLiveMode(supabase: SupabaseClient<Database>, mode: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const { error } = await supabase.rpc('set_live_mode', { p_mode: mode })
    if (!error) return
    if (error.code !== LOCK_NOT_AVAILABLE || attempt === MAX_ATTEMPTS)
      throw new Error(`The live mode could not be set: ${error.message}`, { cause: error })
    await delay(PAUSE_MS)
  }
}

/** How the database tells browsers of changes. @throws with a sentence when it cannot be read */
export async function readLiveMode(supabase: SupabaseClient<Database>): Promise<string> {
  const { data, error } = await supabase.rpc('live_mode')
  if (error) throw new Error(`The live mode could not be read: ${error.message}`, { cause: error })
  return data
}
