import { createClient } from '@supabase/supabase-js'
import DodoPayments from 'dodopayments'
import { syncProduct } from '../lib/payments/dodopayments/sync-product.ts'
import type { Database } from '../lib/supabase/database.types.ts'
import { LOCAL_DIRECTORY, PROJECT_DIRECTORY } from './paths.ts'
import { readSyncEnvironment } from './sync-products/environment.ts'
import { formatReport } from './sync-products/format-report.ts'
import { syncProducts } from './sync-products/sync-products.ts'

/** `npm run sync-products`: every package on sale becomes a product at DodoPayments, as it stands in `credit_packages`. */
try {
  const environment = await readSyncEnvironment(PROJECT_DIRECTORY, LOCAL_DIRECTORY)
  console.log(`From ${environment.supabaseUrl} to DodoPayments, ${environment.target}.\n`)
  const dodo = new DodoPayments(environment.dodo)
  const outcomes = await syncProducts({
    supabase: createClient<Database>(environment.supabaseUrl, environment.supabaseKey, {
      auth: { persistSession: false, autoRefreshToken: false },
    }),
    provider: { id: 'dodopayments', syncProduct: (request) => syncProduct(dodo, request) },
  })
  console.log(formatReport(outcomes))
  if (outcomes.some(({ status }) => status === 'failed')) process.exitCode = 1
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
