import 'server-only'
import Stripe from 'stripe'
import { PlanChangeNotPaidError, ProviderRefusedError } from '@/lib/payments/errors'
import type { SubscriptionUpdate } from '@/lib/payments/events/payment-event'
import type { PlanChange, PlanChangePreview } from '../provider'
import { recurringPriceData } from './checkout'
import { classifyError } from './classify-error'
import { createStripeClient } from './client'
import { stripeLookup } from './lookup'
import { subscription, toSubscriptionUpdate } from './subscription-object'

/** How a subscription stands: its item, and the schedule it has. */
async function findItem(subscriptionId: string) {
  const read = subscription.parse(await classifyError(stripeLookup.subscription(subscriptionId)))
  const { schedule } = read
  return { item: read.items.data[0], scheduleId: typeof schedule === 'object' ? schedule?.id : schedule }
}

/** At once: paid in full, and a new period begins, so that its credits are due in full too. */
const toImmediateChange = (change: PlanChange, itemId: string) => ({
  items: [{ id: itemId, price_data: recurringPriceData(change) }],
  billing_cycle_anchor: { type: 'now' as const },
  proration_behavior: 'none' as const,
})

export async function changePlan(change: PlanChange): Promise<{ paymentId: null }> {
  const { item, scheduleId } = await findItem(change.subscriptionId)
  // A subscription with a schedule changes by that alone.
  if (scheduleId) await release(scheduleId)
  await (change.when === 'now' ? changeNow(change, item.id) : schedule(change, item))
  return { paymentId: null }
}

async function changeNow(change: PlanChange, itemId: string): Promise<void> {
  const update = createStripeClient().subscriptions.update(change.subscriptionId, {
    ...toImmediateChange(change, itemId),
    // Without its payment nothing changes.
    payment_behavior: 'error_if_incomplete',
  })
  try {
    await classifyError(update)
  } catch (error) {
    const cause = error instanceof ProviderRefusedError ? error.cause : null
    throw cause instanceof Stripe.errors.StripeCardError ? new PlanChangeNotPaidError(cause.message) : error
  }
}

type Item = Awaited<ReturnType<typeof findItem>>['item']

/** When the period ends: this one goes on as it is, the next is at the new price, and so are those after it. */
async function schedule(change: PlanChange, item: Item): Promise<void> {
  const { subscriptionSchedules } = createStripeClient()
  const from_subscription = change.subscriptionId
  const made = await classifyError(subscriptionSchedules.create({ from_subscription }))
  const price_data = recurringPriceData(change)
  const update = subscriptionSchedules.update(made.id, {
    end_behavior: 'release',
    phases: [
      {
        start_date: item.current_period_start,
        end_date: item.current_period_end,
        items: [{ price: item.price.id, quantity: 1 }],
      },
      {
        items: [{ price_data, quantity: 1 }],
        duration: { interval: price_data.recurring.interval, interval_count: 1 },
        proration_behavior: 'none',
      },
    ],
  })
  await classifyError(update)
}

export async function previewPlanChange(change: PlanChange): Promise<PlanChangePreview> {
  const { item } = await findItem(change.subscriptionId)
  if (change.when !== 'now') return { total: 0, tax: 0, currency: change.price.currency }
  const asked = createStripeClient().invoices.createPreview({
    subscription: change.subscriptionId,
    subscription_details: toImmediateChange(change, item.id),
  })
  const { total, total_taxes, currency } = await classifyError(asked)
  const tax = (total_taxes ?? []).reduce((sum, { amount }) => sum + amount, 0)
  return { total, tax, currency: currency.toUpperCase() }
}

export async function cancelScheduledChange(subscriptionId: string): Promise<void> {
  const { scheduleId } = await findItem(subscriptionId)
  if (!scheduleId) throw new ProviderRefusedError(new Error('No change of plan is scheduled.'))
  await release(scheduleId)
}

const release = (scheduleId: string) =>
  classifyError(createStripeClient().subscriptionSchedules.release(scheduleId))

export async function setCancelAtPeriodEnd(
  subscriptionId: string,
  cancel: boolean,
): Promise<SubscriptionUpdate> {
  const { scheduleId } = await findItem(subscriptionId)
  // What ends changes no more.
  if (scheduleId) await release(scheduleId)
  const update = createStripeClient().subscriptions.update(subscriptionId, { cancel_at_period_end: cancel })
  return toSubscriptionUpdate(await classifyError(update), new Date().toISOString())
}

export async function cancelNow(subscriptionId: string): Promise<SubscriptionUpdate> {
  const update = createStripeClient().subscriptions.cancel(subscriptionId)
  return toSubscriptionUpdate(await classifyError(update), new Date().toISOString())
}
