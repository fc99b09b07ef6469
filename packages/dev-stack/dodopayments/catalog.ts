import { SandboxError } from './http.ts'
import type { Sandbox } from './sandbox.ts'
import { toProduct } from './shapes/product.ts'
import type { DodoPayments, ProductRecord } from './types.ts'

/** Everything ever for sale: what the options name, unless changed since, and what the API added. */
export function listProducts({ options, store }: Sandbox): ProductRecord[] {
  const given = options.products.map(toProduct)
  const records = new Map(given.map((product) => [product.product_id, { product, archived: false }]))
  for (const [id, record] of Object.entries(store.state.products)) records.set(id, record)
  return [...records.values()]
}

/** @throws SandboxError 404 */
export function findProduct(sandbox: Sandbox, id: string): ProductRecord {
  const record = listProducts(sandbox).find(({ product }) => product.product_id === id)
  if (record) return record
  throw new SandboxError(404, 'PRODUCT_NOT_FOUND', `Product ${id} does not exist.`)
}

/** Keeps a product that was made or changed; from now on it is the one that counts. */
export function keepProduct({ store }: Sandbox, record: ProductRecord): void {
  store.state.products[record.product.product_id] = record
  store.save()
}

/** What one of it costs, in minor units: once, or each time it renews. */
export function unitPrice({ price }: DodoPayments.Product): number {
  return price.type === 'usage_based_price' ? price.fixed_price : price.price
}
