import { z } from 'zod'
import type { Database } from '../../supabase/database.types'
import type { PaymentProvider, ProductRequest, SyncedProduct } from '../provider'

const begun = z.discriminatedUnion('state', [
  z.object({ state: z.literal('syncing') }),
  z.object({
    state: z.literal('claimed'),
    version: z.number(),
    name: z.string(),
    description: z.string(),
    price: z.number(),
    currency: z.string(),
    interval: z.enum(['month', 'year']).nullable(),
    product_id: z.string().nullable(),
  }),
])
const ended = z.object({ outdated: z.boolean(), error: z.string().nullable() })

/** How often a package may change while it is synced before somebody has to ask again. */
const MAX_ATTEMPTS = 3

/** What came of a sync; `syncing` where another call is at it. */
export type SyncOutcome = {
  packageId: string
  provider: string
  status: 'synced' | 'failed' | 'syncing'
  productId: string | null
  /** What was changed; nothing where it was in line. */
  done: string[]
  /** Why it failed. */
  error: string | null
}

type Functions = Database['public']['Functions']

/** The two functions of the database, for whoever can call them; they throw when it refuses or fails. */
export type SyncCalls = {
  begin(args: Functions['begin_product_sync']['Args']): Promise<unknown>
  end(args: Functions['end_product_sync']['Args']): Promise<unknown>
}

/** A provider that makes products. */
export type SyncingProvider = Pick<PaymentProvider, 'id'> & Required<Pick<PaymentProvider, 'syncProduct'>>

type Sync = {
  calls: SyncCalls
  provider: SyncingProvider
  packageId: string
  /** The admin who asked for it. */
  actorId?: string | undefined
}

/**
 * Brings the product of a package in line at one provider, and stores what it is sold as, or why that failed. Shared by the
 * server and the script, which reach the database each in their own way.
 * @throws what `calls` throw; a failure at the provider is an outcome
 */
export async function syncPackage(sync: Sync): Promise<SyncOutcome> {
  const { calls, provider, packageId, actorId } = sync
  const subject = {
    p_package_id: packageId,
    p_provider: provider.id,
    ...(actorId && { p_actor_id: actorId }),
  }
  for (let attempt = 1; ; attempt++) {
    const claim = begun.parse(await calls.begin(subject))
    const outcome = { packageId, provider: provider.id, productId: null, done: [], error: null }
    if (claim.state === 'syncing') return { ...outcome, status: 'syncing' }
    const { version, name, description, price, currency, interval, product_id } = claim
    const made = await attemptSync(provider, {
      packageId,
      name,
      description,
      price: { amount: price, currency, interval },
      productId: product_id,
    })
    const { outdated, error } = ended.parse(
      await calls.end({
        ...subject,
        p_version: version,
        ...(made.error !== null && { p_error: made.error }),
        ...(made.product && argumentsOf(made.product)),
      }),
    )
    if (outdated && !made.error && attempt < MAX_ATTEMPTS) continue
    if (error || !made.product) return { ...outcome, status: 'failed', error }
    const { productId, done } = made.product
    return { ...outcome, status: 'synced', productId, done }
  }
}

function argumentsOf({ productId, priceId, done }: SyncedProduct) {
  return { p_product_id: productId, p_done: done, ...(priceId !== null && { p_price_id: priceId }) }
}

type Made = { product: SyncedProduct; error: null } | { product: null; error: string }

async function attemptSync(provider: SyncingProvider, request: ProductRequest): Promise<Made> {
  try {
    return { product: await provider.syncProduct(request), error: null }
  } catch (error) {
    return { product: null, error: error instanceof Error ? error.message : String(error) }
  }
}
