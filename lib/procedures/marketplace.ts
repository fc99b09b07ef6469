import 'server-only'
import { isAdmin } from '@/lib/auth/roles'
import { marketplace as contracts, stripeWebhook as webhookContracts } from '@/lib/contracts/marketplace'
import { publicProcedure, userProcedure } from '@/lib/http/procedures'
import { createCheckout as openCheckout } from '@/lib/payments/checkout/create-checkout'
import { fulfillCheckout, verifyCheckout } from '@/lib/payments/checkout/verify-checkout'
import { listForSale } from './list-for-sale'

export const createCheckout = userProcedure(
  contracts.createCheckout,
  async ({ user, input }) => {
    const { packageId, planId, successUrl, cancelUrl } = input
    const order = { user, packageId: packageId ?? planId ?? '', successUrl, cancelUrl }
    const { checkoutUrl, sessionId } = await openCheckout(order)
    return { success: true, checkoutUrl, sessionId }
  },
  { rate: 'checkout' },
)

export const marketplace = {
  getProducts: publicProcedure(contracts.getProducts, async () => {
    const offers = await listForSale()
    const products = offers.map(({ id, name, description, creditAmount, price, currency, creditType }) => ({
      ...{ id, name, description, credits: creditAmount, price, currency },
      metadata: { creditType, creditAmount: String(creditAmount) },
    }))
    return { packages: Object.fromEntries(Map.groupBy(offers, ({ creditType }) => creditType)), products }
  }),
  createCheckout,
  verifyCheckout: userProcedure(
    contracts.verifyCheckout,
    ({ user, input: { sessionId } }) => verifyCheckout(user.id, sessionId),
    { rate: 'payment_check' },
  ),
}

export const stripeWebhook = {
  fulfillCheckoutSession: userProcedure(
    webhookContracts.fulfillCheckoutSession,
    // For its buyer, and for admins.
    async ({ user, input: { sessionId } }) =>
      fulfillCheckout(sessionId, (await isAdmin(user)) ? undefined : user.id),
    { rate: 'payment_check' },
  ),
}
