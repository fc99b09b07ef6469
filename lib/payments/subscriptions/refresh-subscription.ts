import 'server-only'
import { logger } from '@/lib/logger'
import { paymentProvider } from '@/lib/payments'
import type { PaymentEvent, SubscriptionUpdate } from '@/lib/payments/events/payment-event'
import { recordEvent } from '@/lib/payments/events/store-event'

/** Applies what the provider just answered. When that fails the event is stored as failed, and the webhook reports it again. */
export async function applyAtOnce(event: PaymentEvent): Promise<void> {
  try {
    await recordEvent('api', event)
  } catch (error) {
    logger.error('the answer of the payment provider could not be applied', { kind: event.kind, error })
  }
}

/** How a subscription stands at the provider, applied at once; null when it does not answer. */
export async function askForSubscription(subscriptionId: string): Promise<SubscriptionUpdate | null> {
  try {
    const event = await paymentProvider.findSubscription(subscriptionId)
    await applyAtOnce(event)
    return event
  } catch (error) {
    logger.error('the payment provider did not tell of a subscription', { subscriptionId, error })
    return null
  }
}
