import 'server-only'
import { z } from 'zod'
import { logger } from '@/lib/logger'
import { createAdminClient } from '@/lib/supabase/admin'
import { callDatabase } from './call-database'
import { PaymentProviderError } from './errors'
import type { PaymentFact, SubscriptionFact } from './facts'
import { applyAnswer } from './inbox'
import { paysFor } from './period-paid'
import { paymentProvider } from './provider'

/** `settled`: what the provider said was new; `waiting`: it said nothing new; `nothing`: there was nothing to ask now. */
export type PaymentCheck = 'settled' | 'waiting' | 'nothing'

const DAY_MS = 24 * 60 * 60 * 1000

const claim = z.object({
  claimed: z.boolean(),
  checkout_session_id: z.string().nullable(),
  provider_payment_id: z.string().nullable(),
})
type Claim = z.output<typeof claim>

/**
 * Asks the payment provider about a purchase of the user's that its webhook may be late for, and applies the answer.
 * When several are undecided, the one that was not asked about for longest: the newest first. However often this is
 * called, the provider is asked about each at most every five seconds.
 * @throws PaymentProviderError; PaymentRefusedError when the answer cannot be applied, which is in the inbox then
 */
export async function checkPayment(userId: string): Promise<PaymentCheck> {
  const paymentId = await findUndecided(userId)
  if (!paymentId) return 'nothing'
  const claimed = await callDatabase(
    'claim_payment_check',
    { p_user_id: userId, p_payment_id: paymentId },
    claim,
  )
  if (!claimed.claimed) return 'nothing'
  const { payment, subscription } = await askProvider(userId, claimed)
  if (!payment) return 'waiting'
  // First what the charge is for: once it is decided, nobody asks again.
  if (subscription) {
    await applyAnswer('reconcile', { ...subscription, paid: paysFor(payment, subscription) })
  }
  const { replayed } = await applyAnswer('reconcile', payment)
  logger.info('payment checked', { userId, paymentId, status: payment.status, replayed })
  return replayed ? 'waiting' : 'settled'
}

/** Checkouts live for a day. */
async function findUndecided(userId: string): Promise<string | null> {
  const { data, error } = await createAdminClient()
    .from('payments')
    .select('id')
    .eq('user_id', userId)
    .in('status', ['pending', 'processing'])
    .gte('created_at', new Date(Date.now() - DAY_MS).toISOString())
    .order('checked_at', { ascending: true, nullsFirst: true })
    .order('created_at', { ascending: false })
    .limit(1)
    .maybeSingle()
  if (error) throw new Error(`The payments could not be read: ${error.message}`, { cause: error })
  return data?.id ?? null
}

type Told = { payment: PaymentFact | null; subscription: SubscriptionFact | null }

async function askProvider(userId: string, asked: Claim): Promise<Told> {
  try {
    const payment = await findPayment(asked)
    const id = payment && payment.status !== 'processing' ? payment.subscription_id : null
    return { payment, subscription: id ? await paymentProvider.findSubscription(id) : null }
  } catch (error) {
    logger.error('the payment provider did not tell of a payment', { userId, ...asked, error })
    const message =
      'The payment could not be looked up just now. There is nothing to repeat: it arrives by itself.'
    throw new PaymentProviderError(error, message)
  }
}

async function findPayment({ checkout_session_id, provider_payment_id }: Claim): Promise<PaymentFact | null> {
  if (checkout_session_id) return paymentProvider.findPaymentOfCheckout(checkout_session_id)
  return provider_payment_id ? paymentProvider.findPayment(provider_payment_id) : null
}
