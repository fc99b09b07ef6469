import { createClient } from '@supabase/supabase-js'
import DodoPayments from 'dodopayments'
import type { Database } from '../lib/supabase/database.types.ts'
import { LOCAL_DIRECTORY, PROJECT_DIRECTORY } from './paths.ts'
import { readSyncEnvironment } from './sync-products/environment.ts'
import { formatReport } from './sync-products/format-report.ts'
import { syncProducts } from './sync-products/sync-products.ts'

/** `npm run sync-products`: every package on sale becomes a product at DodoPayments, as it stands in `credit_packages`. */
try {
  const environment = await readSyncEnvironment(PROJECT_DIRECTORY, LOCAL_DIRECTORY)
  console.log(`From ${environment.supabaseUrl} to DodoPayments, ${environment.target}.\n`)
  const rows = await syncProducts({
    supabase: createClient<Database>(environment.supabaseUrl, environment.supabaseKey, {
      auth: { persistSession: false, autoRefreshToken: false },
    }),
    dodo: new DodoPayments(environment.dodo),
  })
  console.log(formatReport(rows))
  if (rows.some(({ outcome }) => outcome === 'refused')) process.exitCode = 1
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
