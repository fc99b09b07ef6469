import { syncProduct } from '../../../lib/payments/dodopayments/sync-product.ts'
import { syncPackage } from '../../../lib/payments/products/sync-package.ts'
import { SEEDED_PACKAGES } from '../../../lib/pricing-plans.ts'
import type { Story } from '../story.ts'

/** Brings the products of the sandbox in line with the packages, as `npm run sync-products` does. */
export async function putOnSale({ engine, shop }: Story): Promise<void> {
  await shop.visit(async ({ dodo }) => {
    for (const { id: packageId } of SEEDED_PACKAGES) {
      await syncPackage({
        calls: {
          begin: (args) => engine.call('begin_product_sync', args),
          end: (args) => engine.call('end_product_sync', args),
        },
        provider: { id: 'dodopayments', syncProduct: (request) => syncProduct(dodo, request) },
        packageId,
      })
    }
  })
}
