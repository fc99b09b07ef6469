import type { Sandbox } from '../sandbox.ts'
import type { DodoPayments } from '../types.ts'

/** `emitSubscription(sandbox, subscription, 'renewed')`. */
export function emitSubscription(
  { webhooks }: Sandbox,
  subscription: DodoPayments.Subscription,
  event: string,
): void {
  webhooks.emit(`subscription.${event}`, { kind: 'subscription', id: subscription.subscription_id })
}
