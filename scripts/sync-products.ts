import { createClient } from '@supabase/supabase-js'
import type { Database } from '../lib/supabase/database.types.ts'
import { LOCAL_DIRECTORY, PROJECT_DIRECTORY } from './paths.ts'
import { formatReport } from './sync-products/format-report.ts'
import { listSyncingProviders } from './sync-products/providers.ts'
import { syncProducts } from './sync-products/sync-products.ts'
import { readUserDatabase } from './user-database.ts'

/** `npm run sync-products`: every package on sale becomes a product at each payment provider with keys, as it stands in `credit_packages`. */
try {
  const { url, secretKey, env } = await readUserDatabase(PROJECT_DIRECTORY, LOCAL_DIRECTORY)
  const supabase = createClient<Database>(url, secretKey, {
    auth: { persistSession: false, autoRefreshToken: false },
  })
  for (const { provider, name, target } of listSyncingProviders(env)) {
    console.log(`From ${url} to ${name}, ${target}.\n`)
    const outcomes = await syncProducts({ supabase, provider })
    console.log(formatReport(outcomes))
    if (outcomes.some(({ status }) => status === 'failed')) process.exitCode = 1
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
