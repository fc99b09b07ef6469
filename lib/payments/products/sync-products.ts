import 'server-only'
import { z } from 'zod'
import { logger } from '@/lib/logger'
import { listProviders } from '@/lib/payments'
import { callFunction } from '@/lib/supabase/call-function'
import { type SyncCalls, type SyncOutcome, syncPackage } from './sync-package'

const calls: SyncCalls = {
  begin: (args) => callFunction('begin_product_sync', args, z.unknown()),
  end: (args) => callFunction('end_product_sync', args, z.unknown()),
}

/**
 * Brings the products of a package in line at every provider that has keys, in the name of an admin.
 * @throws RefusedError `package_not_found`, `package_retired` or `forbidden`
 */
export async function syncProducts(packageId: string, actorId: string): Promise<SyncOutcome[]> {
  const outcomes: SyncOutcome[] = []
  for (const { id, syncProduct } of listProviders()) {
    if (!syncProduct) continue
    const outcome = await syncPackage({ calls, provider: { id, syncProduct }, packageId, actorId })
    if (outcome.error) logger.warn('a product could not be synced', { ...outcome })
    outcomes.push(outcome)
  }
  return outcomes
}
