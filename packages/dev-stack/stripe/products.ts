import type Stripe from 'stripe'
import { missing } from './errors.ts'
import type { Plain } from './plain.ts'
import type { StripeSandbox } from './sandbox.ts'
import { newProduct } from './shapes/product.ts'

type Product = Plain<Stripe.Product>

/** Every product there is: what the options name, unless changed since, and what the API added. */
export function listProducts({ options, store }: StripeSandbox): Product[] {
  const given = options.products.map(({ productId, name, description }) =>
    newProduct({ id: productId, name, description, metadata: {} }),
  )
  return [...new Map([...given, ...Object.values(store.state.products)].map((one) => [one.id, one])).values()]
}

/** @throws SandboxError 404 */
export function findProduct(sandbox: StripeSandbox, id: string | undefined): Product {
  const product = listProducts(sandbox).find((one) => one.id === id)
  if (!product) throw missing('product', id)
  return product
}
