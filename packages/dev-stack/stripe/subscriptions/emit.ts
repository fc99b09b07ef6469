import type { StripeSandbox, SubscriptionRecord } from '../sandbox.ts'
import { emit } from '../webhook-face.ts'

/** `emitSubscription(sandbox, subscription, 'updated')`. */
export function emitSubscription(
  { webhooks }: StripeSandbox,
  subscription: SubscriptionRecord['subscription'],
  event: 'created' | 'updated' | 'deleted',
): void {
  const about = { kind: 'subscription', id: subscription.id, object: subscription } as const
  emit(webhooks, `customer.subscription.${event}`, about)
}
