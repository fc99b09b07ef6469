import { z } from 'zod'
import type { Card, SubscriptionUpdate } from '@/lib/payments/events/payment-event'
import { id, reference, seconds, toTimestamp } from './fields'

const price = z.looseObject({ id, product: reference })
const item = z.looseObject({
  id,
  price,
  quantity: z.int().min(1).catch(1),
  current_period_start: seconds,
  current_period_end: seconds,
})
const phase = z.looseObject({
  start_date: seconds,
  items: z.array(z.looseObject({ price: z.union([id, price]) })).min(1),
})
/** What is to become of a subscription, in phases. */
export const schedule = z.looseObject({
  id,
  current_phase: z.looseObject({ end_date: seconds }).nullish(),
  phases: z.array(phase),
})
type Schedule = z.output<typeof schedule>

/** How a subscription is paid; its id alone where it was not asked for whole. */
const paymentMethod = z.looseObject({
  card: z
    .looseObject({
      brand: z.string().min(1).max(40),
      last4: z.string().regex(/^\d{4}$/),
      exp_month: z.int().min(1).max(12),
      exp_year: z.int().min(2000).max(9999),
    })
    .nullish()
    .catch(null),
})

/** A subscription of one item, as we sell them. */
export const subscription = z.looseObject({
  id,
  customer: reference,
  status: z.enum([
    'active',
    'trialing',
    'past_due',
    'unpaid',
    'paused',
    'incomplete',
    'incomplete_expired',
    'canceled',
  ]),
  items: z.looseObject({ data: z.tuple([item], z.unknown()) }),
  cancel_at_period_end: z.boolean(),
  cancel_at: seconds.nullish(),
  schedule: z.union([id, schedule]).nullish(),
  // For the page of the plan alone: no reason to refuse a subscription.
  default_payment_method: z.union([id, paymentMethod]).nullish().catch(null),
  metadata: z.unknown().optional(),
})

const STATUSES: Record<z.output<typeof subscription>['status'], SubscriptionUpdate['status']> = {
  active: 'active',
  trialing: 'active',
  past_due: 'past_due',
  unpaid: 'on_hold',
  paused: 'paused',
  incomplete: 'pending',
  incomplete_expired: 'failed',
  canceled: 'cancelled',
}

/**
 * A subscription as it stands. That its period was paid is for its invoice to say. Its schedule, where it has one,
 * comes whole with it.
 */
export function toSubscriptionUpdate(data: unknown, occurredAt: string): SubscriptionUpdate {
  const read = subscription.parse(data)
  const [{ price, quantity, current_period_start: start, current_period_end: end }] = read.items.data
  const endsWithPeriod = typeof read.cancel_at === 'number' && read.cancel_at <= end
  return {
    kind: 'subscription',
    subscription_id: read.id,
    customer_id: read.customer,
    product_id: price.product,
    quantity,
    status: STATUSES[read.status],
    period_start: toTimestamp(start),
    period_end: toTimestamp(end),
    cancel_at_period_end: read.cancel_at_period_end || endsWithPeriod,
    scheduled_product_id: scheduledProduct(read.schedule, price.product),
    trial: read.status === 'trialing',
    paid: false,
    card: toCard(read.default_payment_method),
    occurred_at: occurredAt,
  }
}

/** Null for another way to pay, as by bank debit. */
function toCard(method: z.output<typeof subscription>['default_payment_method']): Card | null {
  const card = method && typeof method !== 'string' ? method.card : null
  if (!card) return null
  // Day 0 of the next month is the last of this one.
  const lastDay = new Date(Date.UTC(card.exp_year, card.exp_month, 0))
  return { brand: card.brand, last_four: card.last4, expires_on: lastDay.toISOString().slice(0, 10) }
}

/** The product of the phase that follows the current one, if that is another. */
function scheduledProduct(plan: string | Schedule | null | undefined, current: string): string | null {
  if (!plan || typeof plan === 'string') return null
  const from = plan.current_phase?.end_date
  const next = from === undefined ? undefined : plan.phases.find(({ start_date }) => start_date >= from)
  const wanted = next?.items[0]?.price
  const product = typeof wanted === 'object' ? wanted.product : null
  return product === current ? null : product
}
