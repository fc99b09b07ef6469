import 'server-only'
import { after } from 'next/server'
import { logger } from '@/lib/logger'
import { syncProducts } from '@/lib/payments/products/sync-products'
import { RefusedError } from '@/lib/supabase/refusals'

/**
 * Brings the products of a package in line once the answer is sent. How far that is stands in `package_syncs`, where a
 * failure waits for another try.
 */
export function syncAfterSave(packageId: string, actorId: string): void {
  after(async () => {
    try {
      await syncProducts(packageId, actorId)
    } catch (error) {
      // Retired ones are not sold, so nothing has to follow.
      if (error instanceof RefusedError && error.code === 'package_retired') return
      logger.error('a package could not be synced', { packageId, error })
    }
  })
}
