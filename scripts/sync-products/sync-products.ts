import type { PostgrestError, SupabaseClient } from '@supabase/supabase-js'
import {
  type SyncCalls,
  type SyncingProvider,
  type SyncOutcome,
  syncPackage,
} from '../../lib/payments/products/sync-package.ts'
import type { Database } from '../../lib/supabase/database.types.ts'

type Clients = { supabase: SupabaseClient<Database>; provider: SyncingProvider }

/**
 * Brings the products at a provider in line with the packages on sale, one after the other. Safe to repeat, also after it
 * died halfway.
 * @throws when the database fails; what was done until then stays
 */
export async function syncProducts({ supabase, provider }: Clients): Promise<SyncOutcome[]> {
  const packages = unwrap(
    await supabase.from('credit_packages').select('id').eq('active', true).order('sort_order'),
  )
  const calls: SyncCalls = {
    begin: async (args) => unwrap(await supabase.rpc('begin_product_sync', args)),
    end: async (args) => unwrap(await supabase.rpc('end_product_sync', args)),
  }
  const outcomes: SyncOutcome[] = []
  for (const { id } of packages) outcomes.push(await syncPackage({ calls, provider, packageId: id }))
  return outcomes
}

type Result<Data> = { data: Data; error: null } | { data: null; error: PostgrestError }

function unwrap<Data>({ data, error }: Result<Data>): Data {
  if (error) throw new Error(`The database failed: ${error.message}`, { cause: error })
  return data
}
