import 'server-only'
import { z } from 'zod'
import { packageId } from '@/lib/catalog/package-id'
import { logger } from '@/lib/logger'
import { paymentProvider } from '@/lib/payments'
import {
  PackageNotConfiguredError,
  PackageNotFoundError,
  PaymentProviderError,
  PriceNotSoldError,
} from '@/lib/payments/errors'
import { toPrice } from '@/lib/payments/price'
import type { CheckoutRequest } from '@/lib/payments/provider'
import { createAdminClient } from '@/lib/supabase/admin'
import { callFunction } from '@/lib/supabase/call-function'
import { RefusedError } from '@/lib/supabase/refusals'
import { type Customer, findCustomerId } from './customer'
import { abandonCheckout, type Checkout, findOpenCheckout } from './open-checkout'
import { type AskedAddresses, type ReturnAddresses, returnAddresses } from './return-addresses'

const recorded = z.object({ payment_id: z.string() })

/** Where the buyer comes back to, is on this site: `/payment-success` and `/buy-credits` unless it says otherwise. */
type Order = { user: Customer; packageId: string } & AskedAddresses

/**
 * Opens a checkout for a package, or leads to the one its buyer opened within the last half an hour. What it costs and
 * grants is the database's business; the caller names it only.
 * @throws BadRequestError for an address on another site, PackageNotFoundError, PackageNotConfiguredError, PriceNotSoldError, PaymentProviderError, CheckoutOpeningError, or RefusedError
 *   `package_not_found`, `package_changed`, `already_subscribed`, `plan_pending`, `customer_taken` or `session_ended`
 */
export async function createCheckout({ user, packageId, ...asked }: Order): Promise<Checkout> {
  const addresses = returnAddresses(asked)
  const product = await findProduct(packageId)
  const open = await findOpenCheckout(user, packageId)
  if ('checkoutUrl' in open) return open
  try {
    const { version, ...sold } = product
    const session = await openSession(user, packageId, { ...sold, ...open }, addresses)
    // Written before the buyer can pay, so that no delivery ever has to be trusted about whose it is.
    const paymentId = await recordCheckout(user.id, packageId, { ...session, version })
    logger.info('checkout opened', { userId: user.id, packageId, sessionId: session.sessionId, paymentId })
    return { checkoutUrl: session.url, sessionId: session.sessionId, paymentId }
  } catch (error) {
    await abandonCheckout(user.id, packageId)
    throw error
  }
}

/** `version` is that of the package which the session is for. */
type Product = Pick<CheckoutRequest, 'productId' | 'price'> & { version: number }
type Sold = Pick<CheckoutRequest, 'productId' | 'price' | 'trialDays'>

async function findProduct(id: string): Promise<Product> {
  // Looked at to the letter: an API may trim what it is asked for.
  if (!packageId.safeParse(id).success) throw new PackageNotFoundError()
  const { data, error } = await createAdminClient()
    .from('credit_packages')
    .select('version, price, currency, billing_interval, package_products(product_id)')
    .eq('id', id)
    .eq('active', true)
    .eq('package_products.provider', paymentProvider.id)
    .is('package_products.retired_at', null)
    .maybeSingle()
  if (error) throw new Error(`The package could not be read: ${error.message}`, { cause: error })
  if (!data) throw new PackageNotFoundError()
  const [product] = data.package_products
  if (!product) throw new PackageNotConfiguredError()
  return { productId: product.product_id, price: toPrice(data), version: data.version }
}

async function openSession(
  user: Customer,
  packageId: string,
  product: Sold,
  addresses: ReturnAddresses,
): Promise<Session> {
  try {
    return await paymentProvider.createCheckout({
      ...product,
      customerId: await findCustomerId(user),
      metadata: { user_id: user.id, package_id: packageId },
      ...addresses,
    })
  } catch (error) {
    if (error instanceof RefusedError || error instanceof PriceNotSoldError) throw error
    logger.error('the payment provider did not open a checkout', { userId: user.id, packageId, error })
    throw new PaymentProviderError(error)
  }
}

type Session = { sessionId: string; url: string }

async function recordCheckout(
  userId: string,
  packageId: string,
  { sessionId, url, version }: Session & { version: number },
): Promise<string> {
  const args = {
    p_user_id: userId,
    p_package_id: packageId,
    p_provider: paymentProvider.id,
    p_checkout_session_id: sessionId,
    p_url: url,
    p_package_version: version,
  }
  return (await callFunction('record_checkout', args, recorded)).payment_id
}
