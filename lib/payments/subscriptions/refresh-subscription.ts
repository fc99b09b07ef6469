import 'server-only'
import { logger } from '@/lib/logger'
import { paymentProvider } from '@/lib/payments'
import type { MoneyFact, SubscriptionFact } from '@/lib/payments/events/payment-event'
import { applyAnswer } from '@/lib/payments/events/store-event'

/** Applies what the provider just answered. When that fails it is in the inbox as failed, and the webhook will tell. */
export async function applyAtOnce(fact: MoneyFact): Promise<void> {
  try {
    await applyAnswer('answer', fact)
  } catch (error) {
    logger.error('the answer of the payment provider could not be applied', { kind: fact.kind, error })
  }
}

/** How a subscription stands at the provider, applied at once; null when it does not answer. */
export async function askForSubscription(subscriptionId: string): Promise<SubscriptionFact | null> {
  try {
    const fact = await paymentProvider.findSubscription(subscriptionId)
    await applyAtOnce(fact)
    return fact
  } catch (error) {
    logger.error('the payment provider did not tell of a subscription', { subscriptionId, error })
    return null
  }
}
