import type { StripeSandbox, SubscriptionRecord } from '../sandbox.ts'
import { emit } from '../webhook-face.ts'

/** `emitSubscription(sandbox, subscription, 'updated')`; `before` are fields that changed, as they were. */
export function emitSubscription(
  { webhooks }: StripeSandbox,
  subscription: SubscriptionRecord['subscription'],
  event: 'created' | 'updated' | 'deleted',
  before?: Record<string, unknown>,
): void {
  const about = { kind: 'subscription', id: subscription.id, object: subscription, before } as const
  emit(webhooks, `customer.subscription.${event}`, about)
}
