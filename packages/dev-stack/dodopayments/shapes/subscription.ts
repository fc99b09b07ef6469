import { newId } from '../ids.ts'
import { addInterval } from '../subscriptions/interval.ts'
import type { DodoPayments } from '../types.ts'
import { BRAND_ID } from './business.ts'

type NewSubscription = {
  product: DodoPayments.Product
  price: DodoPayments.Price.RecurringPrice
  quantity: number
  customer: DodoPayments.CustomerLimitedDetails
  metadata: DodoPayments.Metadata
  trialDays: number
}

/** A subscription nobody has paid for yet. Its first period starts now, or with the end of its trial. */
export function newSubscription(input: NewSubscription): DodoPayments.Subscription {
  const { price, trialDays } = input
  const now = new Date()
  const next = trialDays
    ? addInterval(now, trialDays, 'Day')
    : addInterval(now, price.payment_frequency_count, price.payment_frequency_interval)
  return {
    subscription_id: newId('sub'),
    status: 'pending',
    ...planFields(input),
    brand_id: BRAND_ID,
    customer: input.customer,
    metadata: input.metadata,
    addons: [],
    billing: { country: 'US', city: null, state: null, street: null, zipcode: null },
    cancel_at_next_billing_date: false,
    cancelled_at: null,
    cancellation_comment: null,
    cancellation_feedback: null,
    created_at: now.toISOString(),
    previous_billing_date: now.toISOString(),
    next_billing_date: next.toISOString(),
    expires_at: addInterval(
      now,
      price.subscription_period_count,
      price.subscription_period_interval,
    ).toISOString(),
    paused_at: null,
    credit_entitlement_cart: [],
    meter_credit_entitlement_cart: [],
    meters: [],
    has_payment_method: true,
    payment_method_id: null,
    on_demand: false,
    trial_period_days: trialDays,
    trial_amount: null,
    scheduled_change: null,
    discount_id: null,
    discounts: null,
    discount_cycles_remaining: null,
    custom_field_responses: null,
    customer_business_name: null,
    tax_id: null,
  }
}

type Plan = Pick<NewSubscription, 'product' | 'price' | 'quantity'>

/** What a plan decides about its subscription. */
export function planFields({ product, price, quantity }: Plan) {
  return {
    product_id: product.product_id,
    quantity,
    currency: price.currency,
    recurring_pre_tax_amount: price.price * quantity,
    tax_inclusive: price.tax_inclusive ?? false,
    payment_frequency_count: price.payment_frequency_count,
    payment_frequency_interval: price.payment_frequency_interval,
    subscription_period_count: price.subscription_period_count,
    subscription_period_interval: price.subscription_period_interval,
  }
}

export function toSubscriptionListItem(
  subscription: DodoPayments.Subscription,
  productName: string | null,
): DodoPayments.SubscriptionListResponse {
  const {
    addons: _addons,
    brand_id: _brand,
    credit_entitlement_cart: _credits,
    meter_credit_entitlement_cart: _meterCredits,
    meters: _meters,
    cancellation_comment: _comment,
    cancellation_feedback: _feedback,
    custom_field_responses: _fields,
    expires_at: _expiry,
    discounts: _discounts,
    ...rest
  } = subscription
  return { ...rest, discounts: [], product_name: productName }
}
