import type Stripe from 'stripe'
import { nowSeconds, type Plain, stripeId } from '../plain.ts'

/** What one thing costs, in minor units, once or each month or year. */
export type PriceData = {
  currency: string
  unit_amount: number
  product: string
  recurring?: { interval: 'month' | 'year' } | undefined
}

/** The price that Stripe makes of `price_data`. */
export function newPrice({ currency, unit_amount, product, recurring }: PriceData): Plain<Stripe.Price> {
  return {
    id: stripeId('price'),
    object: 'price',
    active: true,
    billing_scheme: 'per_unit',
    created: nowSeconds(),
    currency,
    custom_unit_amount: null,
    livemode: false,
    lookup_key: null,
    metadata: {},
    nickname: null,
    product,
    recurring: recurring
      ? {
          interval: recurring.interval,
          interval_count: 1,
          meter: null,
          trial_period_days: null,
          usage_type: 'licensed',
        }
      : null,
    tax_behavior: 'unspecified',
    tiers_mode: null,
    transform_quantity: null,
    type: recurring ? 'recurring' : 'one_time',
    unit_amount,
    unit_amount_decimal: null,
  }
}

/** The same as the object that came before prices, which items of subscriptions still carry. */
export function toPlan(price: Plain<Stripe.Price>): Plain<Stripe.Plan> {
  return {
    id: price.id,
    object: 'plan',
    active: true,
    amount: price.unit_amount,
    amount_decimal: null,
    billing_scheme: 'per_unit',
    created: price.created,
    currency: price.currency,
    interval: price.recurring?.interval ?? 'month',
    interval_count: 1,
    livemode: false,
    metadata: {},
    meter: null,
    nickname: null,
    product: price.product,
    tiers_mode: null,
    transform_usage: null,
    trial_period_days: null,
    usage_type: 'licensed',
  }
}
