import { createClient } from '@supabase/supabase-js'
import type { Database } from '../lib/supabase/database.types.ts'
import { readLiveMode, setLiveMode } from './live/set-live-mode.ts'
import { LOCAL_DIRECTORY, PROJECT_DIRECTORY } from './paths.ts'
import { readUserDatabase } from './user-database.ts'

/** `npm run live`: how the database tells browsers of changes; with `broadcast` or `changes`, sets it. */
try {
  const { url, secretKey, env } = await readUserDatabase(PROJECT_DIRECTORY, LOCAL_DIRECTORY)
  const supabase = createClient<Database>(url, secretKey, {
    auth: { persistSession: false, autoRefreshToken: false },
  })
  const [wanted] = process.argv.slice(2)
  if (wanted) await setLiveMode(supabase, wanted)
  const mode = await readLiveMode(supabase)
  console.log(`The database tells browsers of changes by ${mode}.`)
  const inApp = env.LIVE_MODE || 'changes'
  if (inApp !== mode)
    console.log(`The app waits for ${inApp}: set LIVE_MODE=${mode} where it runs, and restart it.`)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
