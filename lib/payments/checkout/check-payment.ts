import 'server-only'
import { z } from 'zod'
import { logger } from '@/lib/logger'
import { providerOf } from '@/lib/payments'
import { PaymentNotAppliedError, PaymentProviderError } from '@/lib/payments/errors'
import type { PaymentEvent, PaymentUpdate, SubscriptionUpdate } from '@/lib/payments/events/payment-event'
import { recordEvent } from '@/lib/payments/events/store-event'
import type { PaymentProvider } from '@/lib/payments/provider'
import { paysFor } from '@/lib/payments/subscriptions/period-paid'
import { callFunction } from '@/lib/supabase/call-function'

/** `settled`: the provider had news; `waiting`: it had none; `nothing`: there was nothing to ask, or not yet again. */
export type PaymentCheck = 'settled' | 'waiting' | 'nothing'

const claim = z.object({
  claimed: z.boolean(),
  provider: z.string().nullable(),
  checkout_session_id: z.string().nullable(),
  provider_payment_id: z.string().nullable(),
})
type Claim = z.output<typeof claim>

/**
 * Asks the payment provider about a purchase of the user's that its webhooks may be late for, and applies the answer.
 * When several are open, the one that was not asked about for longest. However often this is called, the provider is
 * asked at most every five seconds.
 * @throws PaymentProviderError; PaymentNotAppliedError when the event cannot be applied; it is stored as failed
 */
export async function checkPayment(userId: string): Promise<PaymentCheck> {
  const claimed = await callFunction('claim_payment_check', { p_user_id: userId }, claim)
  if (!claimed.claimed) return 'nothing'
  const { provider, payment, subscription } = await refreshPayment(userId, claimed)
  if (!payment) return 'waiting'
  const events: PaymentEvent[] = [payment]
  // First what the charge is for, so that whoever sees it paid sees what it brought.
  if (subscription) events.unshift({ ...subscription, paid: paysFor(payment, subscription) })
  let settled = false
  for (const event of events) {
    const isNews = await applyFoundEvent(provider, event)
    settled ||= isNews
  }
  logger.info('payment checked', { userId, paymentId: payment.payment_id, status: payment.status, settled })
  return settled ? 'settled' : 'waiting'
}

/** Whether it was news. What a refusal says is for admins, who find it beside the failed event. */
async function applyFoundEvent(provider: PaymentProvider, event: PaymentEvent): Promise<boolean> {
  try {
    const { replayed } = await recordEvent(provider, 'api', event)
    return !replayed
  } catch (error) {
    logger.error('the answer of the payment provider could not be applied', { kind: event.kind, error })
    throw new PaymentNotAppliedError(error)
  }
}

type Checked = {
  provider: PaymentProvider
  payment: PaymentUpdate | null
  subscription: SubscriptionUpdate | null
}

async function refreshPayment(userId: string, asked: Claim): Promise<Checked> {
  try {
    const provider = providerOf(asked.provider ?? '')
    const payment = await findPayment(provider, asked)
    const id = payment && payment.status !== 'processing' ? payment.subscription_id : null
    return { provider, payment, subscription: id ? await provider.findSubscription(id) : null }
  } catch (error) {
    logger.error('the payment provider did not tell of a payment', { userId, ...asked, error })
    const message =
      'The payment could not be looked up just now. There is nothing to repeat: it arrives by itself.'
    throw new PaymentProviderError(error, message)
  }
}

async function findPayment(
  provider: PaymentProvider,
  { checkout_session_id, provider_payment_id }: Claim,
): Promise<PaymentUpdate | null> {
  if (checkout_session_id) return provider.findPaymentOfCheckout(checkout_session_id)
  return provider_payment_id ? provider.findPayment(provider_payment_id) : null
}
