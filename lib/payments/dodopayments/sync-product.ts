import DodoPayments from 'dodopayments'
import type { ProductRequest, SyncedProduct } from '../provider'
import { hasPrice, priceOf } from './product-price.ts'

/**
 * Brings the product of a package in line. The price of a product is never changed, since checkouts may be open for it:
 * another price is another product.
 * @throws when DodoPayments refuses or does not answer
 */
export async function syncProduct(dodo: DodoPayments, wanted: ProductRequest): Promise<SyncedProduct> {
  const products = await listProducts(dodo)
  // One may have been made for it before its id could be stored, or for a price it had before.
  const made = products.filter(({ metadata }) => metadata.package_id === wanted.packageId)
  for (const id of new Set([wanted.productId, ...made.map(({ product_id }) => product_id)])) {
    const product = id && (await retrieve(dodo, id))
    if (!product || !hasPrice(product, wanted.price)) continue
    const isArchived = !products.some(({ product_id }) => product_id === id)
    return { productId: id, priceId: null, done: await update(dodo, product, { wanted, isArchived }) }
  }
  const { product_id } = await create(dodo, wanted)
  return { productId: product_id, priceId: null, done: [wanted.productId ? 'new price' : 'created'] }
}

type ListedProduct = DodoPayments.ProductListResponse

/** Every product on sale, the newest first. */
async function listProducts(dodo: DodoPayments): Promise<ListedProduct[]> {
  const listed: ListedProduct[] = []
  // Pages are counted from 0, and left out the SDK would skip the second.
  for await (const product of dodo.products.list({ page_number: 0, page_size: 100 })) listed.push(product)
  return listed.sort((one, other) => Date.parse(other.created_at) - Date.parse(one.created_at))
}

async function retrieve(dodo: DodoPayments, id: string): Promise<DodoPayments.Product | null> {
  try {
    return await dodo.products.retrieve(id)
  } catch (error) {
    // An id of the seed, or of the other of test mode and live mode.
    if (error instanceof DodoPayments.NotFoundError) return null
    throw error
  }
}

type Update = { wanted: ProductRequest; isArchived: boolean }

async function update(dodo: DodoPayments, product: DodoPayments.Product, { wanted, isArchived }: Update) {
  const { name, description } = wanted
  const changes: DodoPayments.ProductUpdateParams = {
    ...(name !== product.name && { name }),
    // An empty description leaves what was written at DodoPayments.
    ...(description && description !== product.description && { description }),
  }
  const done = Object.keys(changes)
  if (done.length > 0) await dodo.products.update(product.product_id, changes)
  if (isArchived) {
    await dodo.products.unarchive(product.product_id)
    done.push('back on sale')
  }
  if (wanted.productId !== product.product_id) done.push('id')
  return done
}

function create(dodo: DodoPayments, { packageId, name, description, price }: ProductRequest) {
  return dodo.products.create(
    {
      name,
      description: description || null,
      price: priceOf(price),
      tax_category: 'saas',
      // Finds it again should this die before the id is stored.
      metadata: { package_id: packageId },
    },
    // A request that was heard but not answered would make two.
    { maxRetries: 0 },
  )
}
