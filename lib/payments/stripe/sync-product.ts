import Stripe from 'stripe'
import type { ProductRequest, SyncedProduct } from '../provider'

/**
 * Brings the product of a package in line. Its price is none of the product's: each checkout carries that of the
 * database. @throws when Stripe refuses or does not answer
 */
export async function syncProduct(stripe: Stripe, wanted: ProductRequest): Promise<SyncedProduct> {
  const product = (await findStored(stripe, wanted)) ?? (await findMade(stripe, wanted))
  if (product) return { productId: product.id, priceId: null, done: await update(stripe, product, wanted) }
  const { packageId, name, description } = wanted
  const { id } = await stripe.products.create({
    name,
    ...(description && { description }),
    // Finds it again should this die before the id is stored.
    metadata: { package_id: packageId },
  })
  return { productId: id, priceId: null, done: ['created'] }
}

async function findStored(stripe: Stripe, { productId }: ProductRequest): Promise<Stripe.Product | null> {
  if (!productId) return null
  try {
    const found = await stripe.products.retrieve(productId)
    return found.deleted ? null : found
  } catch (error) {
    // An id of the seed, or of the other of test mode and live mode.
    if (error instanceof Stripe.errors.StripeError && error.statusCode === 404) return null
    throw error
  }
}

/** One may have been made for it before its id could be stored. */
async function findMade(stripe: Stripe, { packageId }: ProductRequest): Promise<Stripe.Product | null> {
  for await (const product of stripe.products.list({ active: true, limit: 100 })) {
    if (product.metadata.package_id === packageId) return product
  }
  return null
}

async function update(stripe: Stripe, product: Stripe.Product, wanted: ProductRequest): Promise<string[]> {
  const { name, description, productId } = wanted
  const changes: Stripe.ProductUpdateParams = {
    ...(name !== product.name && { name }),
    // An empty description leaves what was written at Stripe.
    ...(description && description !== product.description && { description }),
    ...(!product.active && { active: true }),
  }
  const done = Object.keys(changes).map((field) => (field === 'active' ? 'back on sale' : field))
  if (done.length > 0) await stripe.products.update(product.id, changes)
  if (productId !== product.id) done.push('id')
  return done
}
