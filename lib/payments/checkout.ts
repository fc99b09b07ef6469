import 'server-only'
import { z } from 'zod'
import { env } from '@/lib/env'
import { logger } from '@/lib/logger'
import { createAdminClient } from '@/lib/supabase/admin'
import { callDatabase, PaymentRefusedError } from './call-database'
import { createDodoClient } from './client'
import { PackageNotConfiguredError, PackageNotFoundError, PaymentProviderError } from './errors'

type Buyer = { id: string; email: string }

const recorded = z.object({ payment_id: z.string() })

/**
 * Opens a checkout for a package. What it costs and grants is the database's business; the caller names it only.
 * @throws PackageNotFoundError, PackageNotConfiguredError, PaymentProviderError
 */
export async function createCheckout({
  user,
  packageId,
}: {
  user: Buyer
  packageId: string
}): Promise<{ checkoutUrl: string; paymentId: string }> {
  const productId = await findProductId(packageId)
  const session = await openSession(user, packageId, productId)
  // Written before the buyer can pay, so that no delivery ever has to be trusted about whose it is.
  const paymentId = await recordCheckout(user.id, packageId, session.id)
  logger.info('checkout opened', { userId: user.id, packageId, sessionId: session.id, paymentId })
  return { checkoutUrl: session.url, paymentId }
}

async function findProductId(packageId: string): Promise<string> {
  const { data, error } = await createAdminClient()
    .from('credit_packages')
    .select('dodo_product_id')
    .eq('id', packageId)
    .eq('active', true)
    .maybeSingle()
  if (error) throw new Error(`The package could not be read: ${error.message}`, { cause: error })
  if (!data) throw new PackageNotFoundError()
  if (!data.dodo_product_id) throw new PackageNotConfiguredError()
  return data.dodo_product_id
}

async function openSession(user: Buyer, packageId: string, productId: string) {
  const { APP_URL } = env()
  try {
    const { session_id, checkout_url } = await createDodoClient().checkoutSessions.create({
      product_cart: [{ product_id: productId, quantity: 1 }],
      customer: { email: user.email },
      metadata: { user_id: user.id, package_id: packageId },
      return_url: `${APP_URL}/payment-success`,
      cancel_url: `${APP_URL}/buy-credits?cancelled=1`,
      feature_flags: { redirect_immediately: true },
    })
    if (!checkout_url) throw new Error(`Session ${session_id} came without a checkout_url.`)
    return { id: session_id, url: checkout_url }
  } catch (error) {
    logger.error('DodoPayments did not open a checkout', { userId: user.id, packageId, error })
    throw new PaymentProviderError(error)
  }
}

async function recordCheckout(userId: string, packageId: string, sessionId: string): Promise<string> {
  const args = { p_user_id: userId, p_package_id: packageId, p_checkout_session_id: sessionId }
  try {
    return (await callDatabase('record_checkout', args, recorded)).payment_id
  } catch (error) {
    // Taken off sale while the session was being opened.
    if (error instanceof PaymentRefusedError && error.code === 'package_not_found')
      throw new PackageNotFoundError()
    throw error
  }
}
