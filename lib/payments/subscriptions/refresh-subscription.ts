import 'server-only'
import { logger } from '@/lib/logger'
import type { PaymentEvent, SubscriptionUpdate } from '@/lib/payments/events/payment-event'
import { recordEvent } from '@/lib/payments/events/store-event'
import type { PaymentProvider } from '@/lib/payments/provider'

/** Applies what the provider just answered. When that fails the event is stored as failed, and the webhook reports it again. */
export async function applyAtOnce(provider: PaymentProvider, event: PaymentEvent): Promise<void> {
  try {
    await recordEvent(provider, 'api', event)
  } catch (error) {
    logger.error('the answer of the payment provider could not be applied', { kind: event.kind, error })
  }
}

/** How a subscription stands at the provider, applied at once; null when it does not answer. */
export async function askForSubscription(
  provider: PaymentProvider,
  subscriptionId: string,
): Promise<SubscriptionUpdate | null> {
  try {
    const event = await provider.findSubscription(subscriptionId)
    await applyAtOnce(provider, event)
    return event
  } catch (error) {
    logger.error('the payment provider did not tell of a subscription', { subscriptionId, error })
    return null
  }
}
