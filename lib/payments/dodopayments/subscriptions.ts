import 'server-only'
import type { SubscriptionUpdate } from '@/lib/payments/events/payment-event'
import type { PlanChange, PlanChangePreview } from '../provider'
import { classifyError } from './classify-error'
import { createDodoClient } from './client'
import { toSubscriptionUpdate } from './objects'

export async function changePlan(change: PlanChange): Promise<{ paymentId: string | null }> {
  const { subscriptions } = createDodoClient()
  const asked = subscriptions.changePlan(change.subscriptionId, toRequest(change), { maxRetries: 0 })
  const answer = await classifyError(asked)
  return { paymentId: answer?.payment_id ?? null }
}

export async function previewPlanChange(change: PlanChange): Promise<PlanChangePreview> {
  const { subscriptions } = createDodoClient()
  const asked = subscriptions.previewChangePlan(change.subscriptionId, toRequest(change))
  const { total_amount, tax, currency } = (await classifyError(asked)).immediate_charge.summary
  return { total: total_amount, tax: tax ?? 0, currency }
}

function toRequest({ productId, when }: PlanChange) {
  const now = when === 'now'
  return {
    product_id: productId,
    quantity: 1,
    // Paid in full, a new period begins, so its credits are due in full too.
    proration_billing_mode: now ? 'full_immediately' : 'do_not_bill',
    effective_at: now ? 'immediately' : 'next_billing_date',
    on_payment_failure: 'prevent_change',
    cancel_scheduled_change_plan: true,
  } as const
}

export async function cancelScheduledChange(subscriptionId: string): Promise<void> {
  await classifyError(createDodoClient().subscriptions.cancelChangePlan(subscriptionId))
}

export async function setCancelAtPeriodEnd(
  subscriptionId: string,
  cancel: boolean,
): Promise<SubscriptionUpdate> {
  const update = createDodoClient().subscriptions.update(subscriptionId, {
    cancel_at_next_billing_date: cancel,
  })
  return toSubscriptionUpdate(await classifyError(update), new Date().toISOString())
}

export async function cancelNow(subscriptionId: string): Promise<SubscriptionUpdate> {
  const update = createDodoClient().subscriptions.update(subscriptionId, { status: 'cancelled' })
  return toSubscriptionUpdate(await classifyError(update), new Date().toISOString())
}
