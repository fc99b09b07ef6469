import type { SupabaseClient } from '@supabase/supabase-js'
import type DodoPayments from 'dodopayments'
import { LIVE_STATUSES } from '../../lib/payments/subscriptions/live-subscription.ts'
import type { Database } from '../../lib/supabase/database.types.ts'
import { type FoundProduct, findProduct, readProducts } from './find-product.ts'
import { type Package, priceOf, sameAmount, withAmountOf } from './product-price.ts'

/** The id of the provider whose products these are. */
const PROVIDER = 'dodopayments'

type Clients = { supabase: SupabaseClient<Database>; dodo: DodoPayments }

export type SyncRow = {
  packageId: string
  productId: string | null
  outcome: 'created' | 'updated' | 'unchanged' | 'refused'
  /** What was changed, or why nothing was. */
  detail: string
}

/**
 * Brings the products at DodoPayments in line with the packages on sale, one after the other, and stores their ids.
 * Safe to repeat, also after it died halfway.
 * @throws when the database or DodoPayments fails; what was done until then stays
 */
export async function syncProducts(clients: Clients): Promise<SyncRow[]> {
  const { data: packages, error } = await clients.supabase
    .from('credit_packages')
    .select('*, package_products(product_id)')
    .eq('package_products.provider', PROVIDER)
    .eq('active', true)
    .order('sort_order')
  if (error) throw new Error(`The packages could not be read: ${error.message}`)
  const products = await readProducts(clients.dodo)
  const rows: SyncRow[] = []
  for (const { package_products, ...row } of packages) {
    const sold = { ...row, productId: package_products[0]?.product_id ?? null }
    const found = await findProduct(clients.dodo, products, sold)
    rows.push(found ? await update(clients, sold, found) : await create(clients, sold))
  }
  return rows
}

async function update(
  clients: Clients,
  sold: Package,
  { product, archived }: FoundProduct,
): Promise<SyncRow> {
  const { product_id: productId } = product
  const changes = differences(sold, product)
  const done = Object.keys(changes)
  if (done.length > 0) await clients.dodo.products.update(productId, changes)
  if (archived) {
    await clients.dodo.products.unarchive(productId)
    done.push('back on sale')
  }
  if (sold.productId !== productId) {
    await store(clients, sold, productId)
    done.push('id')
  }
  const outcome = done.length > 0 ? 'updated' : 'unchanged'
  return { packageId: sold.id, productId, outcome, detail: done.join(', ') }
}

function differences(sold: Package, product: DodoPayments.Product): DodoPayments.ProductUpdateParams {
  const { name, description } = sold
  const price = priceOf(sold)
  return {
    ...(name !== product.name && { name }),
    // An empty description leaves what was written at DodoPayments.
    ...(description && description !== product.description && { description }),
    ...(!sameAmount(price, product.price) && { price: withAmountOf(product.price, price) }),
  }
}

async function create(clients: Clients, sold: Package): Promise<SyncRow> {
  const subscribers = await countSubscribers(clients, sold)
  if (subscribers > 0) {
    // Renewals name the product they are of: without it here, what they paid for could not be told any more.
    return {
      packageId: sold.id,
      productId: sold.productId,
      outcome: 'refused',
      detail: `${subscribers} live subscription(s) run on its product, which is gone or charged in another rhythm. Sell the new rhythm as a package of its own.`,
    }
  }
  const product = await clients.dodo.products.create(
    {
      name: sold.name,
      description: sold.description || null,
      price: priceOf(sold),
      tax_category: 'saas',
      // Finds it again should this die before the id is stored.
      metadata: { package_id: sold.id },
    },
    // A request that was heard but not answered would make two.
    { maxRetries: 0 },
  )
  await store(clients, sold, product.product_id)
  const former = sold.productId
  const detail = former ? `instead of ${former}` : ''
  return { packageId: sold.id, productId: product.product_id, outcome: 'created', detail }
}

async function countSubscribers({ supabase }: Clients, { id }: Package): Promise<number> {
  const { count, error } = await supabase
    .from('subscriptions')
    .select('id', { count: 'exact', head: true })
    .eq('package_id', id)
    .in('status', LIVE_STATUSES)
  if (error) throw new Error(`The subscriptions to ${id} could not be counted: ${error.message}`)
  return count ?? 0
}

async function store({ supabase }: Clients, { id }: Package, productId: string): Promise<void> {
  const row = { package_id: id, provider: PROVIDER, product_id: productId }
  const { error } = await supabase.from('package_products').upsert(row)
  if (error)
    throw new Error(`Product ${productId} could not be stored with the package ${id}: ${error.message}`)
}
