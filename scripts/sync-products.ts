import { createClient } from '@supabase/supabase-js'
import type { Database } from '../lib/supabase/database.types.ts'
import { LOCAL_DIRECTORY, PROJECT_DIRECTORY } from './paths.ts'
import { readSyncEnvironment } from './sync-products/environment.ts'
import { formatReport } from './sync-products/format-report.ts'
import { listSyncingProviders } from './sync-products/providers.ts'
import { syncProducts } from './sync-products/sync-products.ts'

/** `npm run sync-products`: every package on sale becomes a product at each payment provider with keys, as it stands in `credit_packages`. */
try {
  const { supabaseUrl, supabaseKey, variables } = await readSyncEnvironment(
    PROJECT_DIRECTORY,
    LOCAL_DIRECTORY,
  )
  const supabase = createClient<Database>(supabaseUrl, supabaseKey, {
    auth: { persistSession: false, autoRefreshToken: false },
  })
  for (const { provider, name, target } of listSyncingProviders(variables)) {
    console.log(`From ${supabaseUrl} to ${name}, ${target}.\n`)
    const outcomes = await syncProducts({ supabase, provider })
    console.log(formatReport(outcomes))
    if (outcomes.some(({ status }) => status === 'failed')) process.exitCode = 1
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
