import { z } from 'zod'
import { mutation, query } from './contract.ts'
import { creditPackage, packageName } from './package.ts'

const sessionId = z.string().min(1).max(255)

/** An address of this site, whole or from its `/`. */
const ownAddress = z.string().min(1).max(500).optional()

/**
 * The id alone decides; `planId` is another name of it. A price or an amount may be sent along, as older buttons do, and
 * is never read: the database knows both.
 */
export const createCheckout = mutation('/api/dodopayments/checkout', {
  input: z
    .strictObject({
      packageId: packageName.optional(),
      planId: packageName.optional(),
      successUrl: ownAddress,
      cancelUrl: ownAddress,
      credits: z.unknown().optional(),
      price: z.unknown().optional(),
    })
    .refine(({ packageId, planId }) => (packageId === undefined) !== (planId === undefined), {
      message: 'Choose a package.',
      path: ['packageId'],
    }),
  output: z.object({
    success: z.boolean(),
    checkoutUrl: z.url({ protocol: /^https?$/ }),
    sessionId: z.string(),
  }),
})

const checkout = z.object({
  /** Whether it was paid, and the credits are there. */
  success: z.boolean(),
  status: z.string(),
  /** Of the row that the checkout wrote, never of what the provider or the browser says. */
  metadata: z.object({
    userId: z.string(),
    packageId: z.string(),
    creditType: z.string(),
    creditAmount: z.int(),
  }),
})

export const marketplace = {
  /** What is for sale, by credit type; and `products`, the same as one list in the shape of a Stripe catalog. */
  getProducts: query('/api/products', {
    input: z.strictObject({}).prefault({}),
    output: z.object({
      packages: z.record(z.string(), z.array(creditPackage)),
      products: z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          description: z.string(),
          credits: z.int(),
          price: z.int(),
          currency: z.string(),
          metadata: z.object({ creditType: z.string(), creditAmount: z.string() }),
        }),
      ),
    }),
  }),
  createCheckout,
  /** How the caller's own checkout stands. The provider is asked when its webhook is late. */
  verifyCheckout: query('/api/dodopayments/checkout', {
    input: z.strictObject({ sessionId }),
    output: checkout,
  }),
}

export const stripeWebhook = {
  /** Asks the provider about a checkout, and applies what it says: for a webhook that was lost. */
  fulfillCheckoutSession: mutation('/api/dodopayments/fulfill', {
    input: z.strictObject({ sessionId }),
    output: checkout,
  }),
}
