import 'server-only'
import { NotFoundError } from '@/lib/http/errors'
import { logger } from '@/lib/logger'
import { providerOf } from '@/lib/payments'
import { PaymentProviderError } from '@/lib/payments/errors'
import { recordEvent } from '@/lib/payments/events/store-event'
import { createAdminClient } from '@/lib/supabase/admin'
import { checkPayment } from './check-payment'

/** How a checkout stands, by its row: what it grants was written before its buyer was sent there. */
export type CheckoutState = {
  /** Whether it was paid, and the credits are there. */
  success: boolean
  status: string
  metadata: { userId: string; packageId: string; creditType: string; creditAmount: number }
}

const COLUMNS =
  'user_id, package_id, credit_type, credits, status, transaction_id, subscription_id, provider, created_at'

/**
 * How a user's own checkout stands. While it is undecided, the provider is asked, as often as `checkPayment` allows.
 * @throws NotFoundError for a checkout that is not the user's
 */
export async function verifyCheckout(userId: string, sessionId: string): Promise<CheckoutState> {
  const found = await findCheckout(sessionId, userId)
  if (found.status !== 'pending' && found.status !== 'processing') return toCheckoutState(found)
  try {
    await checkPayment(userId)
  } catch (error) {
    // It stays undecided: the webhook, the next question or the reconciliation decides it.
    logger.warn('a checkout could not be looked up', { userId, sessionId, error })
  }
  return toCheckoutState(await findCheckout(sessionId, userId))
}

/**
 * Asks the provider what came of a checkout, and applies that as the lost webhook would have been. Nothing is granted that
 * the provider does not confirm; done twice, it is granted once.
 * @param userId whose checkout it has to be; anybody's without
 * @throws NotFoundError for a checkout of somebody else; PaymentProviderError when the provider does not answer
 */
export async function fulfillCheckout(sessionId: string, userId?: string): Promise<CheckoutState> {
  const { provider } = await findCheckout(sessionId, userId)
  const payment = await refreshCheckout(provider, sessionId)
  if (payment) await recordEvent(providerOf(provider), 'api', payment)
  return toCheckoutState(await findCheckout(sessionId, userId))
}

async function refreshCheckout(provider: string, sessionId: string) {
  try {
    return await providerOf(provider).findPaymentOfCheckout(sessionId)
  } catch (error) {
    logger.error('the payment provider did not tell of a checkout', { sessionId, error })
    throw new PaymentProviderError(error, 'The checkout could not be looked up just now. Please try again.')
  }
}

/** Of several attempts on a checkout the one that was paid, else the last. */
async function findCheckout(sessionId: string, userId: string | undefined) {
  const payments = createAdminClient().from('payments').select(COLUMNS).eq('checkout_session_id', sessionId)
  const own = userId === undefined ? payments : payments.eq('user_id', userId)
  const { data, error } = await own.order('created_at', { ascending: false })
  if (error) throw new Error(`The checkout could not be read: ${error.message}`, { cause: error })
  const found = data.find(({ status }) => status === 'succeeded') ?? data[0]
  if (!found) throw new NotFoundError('There is no such checkout of yours.', 'checkout_not_found')
  return found
}

function toCheckoutState(row: Awaited<ReturnType<typeof findCheckout>>): CheckoutState {
  return {
    success: row.status === 'succeeded' && (row.transaction_id !== null || row.subscription_id !== null),
    status: row.status,
    metadata: {
      userId: row.user_id,
      packageId: row.package_id,
      creditType: row.credit_type,
      creditAmount: row.credits,
    },
  }
}
