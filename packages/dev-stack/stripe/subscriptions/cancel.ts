import { missing, refuse } from '../errors.ts'
import { nowSeconds } from '../plain.ts'
import type { StripeSandbox, SubscriptionRecord } from '../sandbox.ts'
import { emitSubscription } from './emit.ts'
import { itemOf } from './period.ts'
import { releaseSchedule } from './schedule.ts'

const OVER = new Set<string>(['canceled', 'incomplete_expired'])

/** Ends a subscription with its period, or takes that back. @throws SandboxError when it is over, or scheduled */
export function setCancelAtPeriodEnd(
  sandbox: StripeSandbox,
  record: SubscriptionRecord,
  cancel: boolean,
): void {
  const { subscription } = record
  refuseOver(record)
  if (subscription.schedule) {
    const why = `The subscription is managed by the subscription schedule \`${subscription.schedule}\`.`
    throw refuse(
      400,
      'subscription_managed',
      `${why} Updating any cancelation behavior directly is not allowed.`,
    )
  }
  Object.assign(subscription, {
    cancel_at_period_end: cancel,
    cancel_at: cancel ? itemOf(record).current_period_end : null,
    canceled_at: cancel ? nowSeconds() : null,
  })
  emitSubscription(sandbox, subscription, 'updated')
}

/** Ends a subscription at once. */
export function endSubscription(sandbox: StripeSandbox, record: SubscriptionRecord): void {
  const { subscription } = record
  refuseOver(record)
  releaseSchedule(sandbox, subscription)
  Object.assign(subscription, { status: 'canceled', ended_at: nowSeconds(), canceled_at: nowSeconds() })
  emitSubscription(sandbox, subscription, 'deleted')
  sandbox.store.save()
}

/** One that is over is as good as gone for whoever wants to change it. */
export function refuseOver({ subscription }: SubscriptionRecord): void {
  if (OVER.has(subscription.status)) throw missing('subscription', subscription.id)
}
