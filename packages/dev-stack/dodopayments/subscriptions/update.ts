import { SandboxError } from '../http.ts'
import type { Sandbox } from '../sandbox.ts'
import type { DodoPayments, SubscriptionRecord } from '../types.ts'
import { emitSubscription } from './emit.ts'

const OVER: readonly DodoPayments.SubscriptionStatus[] = ['cancelled', 'expired', 'failed']

/** Ends it with its period. It stays active until then, and says so in `subscription.cancelled`. */
export function cancelAtPeriodEnd(sandbox: Sandbox, { subscription }: SubscriptionRecord): void {
  refuseOver(subscription)
  if (subscription.cancel_at_next_billing_date) return
  subscription.cancel_at_next_billing_date = true
  subscription.cancelled_at = new Date().toISOString()
  emitSubscription(sandbox, subscription, 'cancelled')
}

/** Takes a cancellation back that has not come true yet. */
export function resumeSubscription(sandbox: Sandbox, { subscription }: SubscriptionRecord): void {
  refuseOver(subscription)
  if (!subscription.cancel_at_next_billing_date) return
  subscription.cancel_at_next_billing_date = false
  subscription.cancelled_at = null
  emitSubscription(sandbox, subscription, 'updated')
}

/** Ends it at once. */
export function cancelNow(sandbox: Sandbox, { subscription }: SubscriptionRecord): void {
  if (subscription.status === 'cancelled') return
  refuseOver(subscription)
  subscription.status = 'cancelled'
  subscription.cancelled_at = new Date().toISOString()
  emitSubscription(sandbox, subscription, 'cancelled')
}

/** Stops its clock. */
export function pauseSubscription(sandbox: Sandbox, { subscription }: SubscriptionRecord): void {
  expectStatus(subscription, 'active', 'Only an active subscription can be paused.')
  subscription.status = 'paused'
  subscription.paused_at = new Date().toISOString()
  emitSubscription(sandbox, subscription, 'paused')
}

/** Lets its clock run on: the pause does not count as part of the period. */
export function unpauseSubscription(sandbox: Sandbox, { subscription }: SubscriptionRecord): void {
  expectStatus(subscription, 'paused', 'Only a paused subscription can go on.')
  const now = Date.now()
  const paused = now - Date.parse(subscription.paused_at ?? new Date(now).toISOString())
  subscription.status = 'active'
  subscription.paused_at = null
  subscription.next_billing_date = new Date(Date.parse(subscription.next_billing_date) + paused).toISOString()
  emitSubscription(sandbox, subscription, 'unpaused')
}

type Fields = Partial<
  Pick<
    DodoPayments.Subscription,
    | 'metadata'
    | 'next_billing_date'
    | 'billing'
    | 'tax_id'
    | 'customer_business_name'
    | 'cancellation_comment'
    | 'cancellation_feedback'
  >
>

/** Changes what has no event of its own. */
export function updateFields(sandbox: Sandbox, { subscription }: SubscriptionRecord, fields: Fields): void {
  if (Object.keys(fields).length === 0) return
  refuseOver(subscription)
  Object.assign(subscription, fields)
  emitSubscription(sandbox, subscription, 'updated')
}

function refuseOver(subscription: DodoPayments.Subscription): void {
  if (!OVER.includes(subscription.status)) return
  const message = `This subscription is ${subscription.status}: it cannot change any more.`
  throw new SandboxError(409, 'SUBSCRIPTION_INACTIVE', message)
}

function expectStatus(
  { status }: DodoPayments.Subscription,
  wanted: DodoPayments.SubscriptionStatus,
  message: string,
): void {
  if (status !== wanted) throw new SandboxError(409, 'SUBSCRIPTION_STATUS', message)
}
