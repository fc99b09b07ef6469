import DodoPayments from 'dodopayments'
import { type Package, priceOf, rhythmOf } from './product-price.ts'

type Product = DodoPayments.Product
type ProductList = {
  /** The products on sale, by id. */
  onSale: Set<string>
  /** The same that name a package of ours, the newest first, by its id. */
  ofPackage: Map<string, string[]>
}

/** Every product at DodoPayments that is on sale. */
export async function readProducts(dodo: DodoPayments): Promise<ProductList> {
  const listed: DodoPayments.ProductListResponse[] = []
  // Pages are counted from 0, and left out the SDK would skip the second.
  for await (const product of dodo.products.list({ page_number: 0, page_size: 100 })) listed.push(product)
  listed.sort((one, other) => Date.parse(other.created_at) - Date.parse(one.created_at))
  const ofPackage = new Map<string, string[]>()
  for (const { product_id, metadata } of listed) {
    if (typeof metadata.package_id !== 'string') continue
    ofPackage.set(metadata.package_id, [...(ofPackage.get(metadata.package_id) ?? []), product_id])
  }
  return { onSale: new Set(listed.map(({ product_id }) => product_id)), ofPackage }
}

export type FoundProduct = { product: Product; archived: boolean }

/**
 * The product a package is sold as: the stored one, else one that was made for it before its id could be stored.
 * One that is charged in another rhythm is none: a product cannot change that.
 */
export async function findProduct(
  dodo: DodoPayments,
  { onSale, ofPackage }: ProductList,
  sold: Package,
): Promise<FoundProduct | null> {
  const rhythm = rhythmOf(priceOf(sold))
  for (const id of new Set([sold.productId, ...(ofPackage.get(sold.id) ?? [])])) {
    const product = id && (await retrieve(dodo, id))
    if (product && rhythmOf(product.price) === rhythm) return { product, archived: !onSale.has(id) }
  }
  return null
}

async function retrieve(dodo: DodoPayments, id: string): Promise<Product | null> {
  try {
    return await dodo.products.retrieve(id)
  } catch (error) {
    // An id of the seed, or of the other of test mode and live mode.
    if (error instanceof DodoPayments.NotFoundError) return null
    throw error
  }
}
