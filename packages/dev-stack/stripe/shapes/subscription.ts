import type Stripe from 'stripe'
import { nowSeconds, type Plain, stripeId } from '../plain.ts'
import { listOfAll } from './list.ts'
import { toPlan } from './price.ts'

type NewSubscription = {
  customer: Plain<Stripe.Subscription>['customer']
  price: Plain<Stripe.Price>
  metadata: Stripe.Metadata
  /** Unix seconds, both. */
  period: { start: number; end: number }
  /** Whether this period is free. */
  trial: boolean
}

/** A subscription to one price whose first invoice nobody has paid yet. */
export function newSubscription(input: NewSubscription): Plain<Stripe.Subscription> {
  const id = stripeId('sub')
  return {
    id,
    object: 'subscription',
    application: null,
    application_fee_percent: null,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null },
    billing_cycle_anchor: input.period.start,
    billing_cycle_anchor_config: null,
    billing_mode: { flexible: null, type: 'classic' },
    billing_schedules: [],
    billing_thresholds: null,
    cancel_at: null,
    cancel_at_period_end: false,
    canceled_at: null,
    cancellation_details: { comment: null, feedback: null, feedback_option: null, reason: null },
    collection_method: 'charge_automatically',
    created: nowSeconds(),
    currency: input.price.currency,
    customer: input.customer,
    customer_account: null,
    days_until_due: null,
    default_payment_method: null,
    default_source: null,
    description: null,
    discounts: [],
    ended_at: null,
    invoice_settings: {
      account_tax_ids: null,
      custom_fields: null,
      description: null,
      footer: null,
      issuer: { type: 'self' },
    },
    items: listOfAll(`/v1/subscription_items?subscription=${id}`, [newItem(id, input)]),
    latest_invoice: null,
    livemode: false,
    managed_payments: null,
    metadata: input.metadata,
    next_pending_invoice_item_invoice: null,
    on_behalf_of: null,
    pause_collection: null,
    payment_settings: {
      payment_method_options: null,
      payment_method_types: null,
      save_default_payment_method: 'off',
    },
    pending_invoice_item_interval: null,
    pending_setup_intent: null,
    pending_update: null,
    schedule: null,
    start_date: nowSeconds(),
    status: input.trial ? 'trialing' : 'incomplete',
    test_clock: null,
    transfer_data: null,
    trial_end: input.trial ? input.period.end : null,
    trial_settings: {
      end_behavior: { billing_cycle_anchor: null, missing_payment_method: 'create_invoice' },
    },
    trial_start: input.trial ? input.period.start : null,
  }
}

function newItem(
  subscription: string,
  { price, period }: Pick<NewSubscription, 'price' | 'period'>,
): Stripe.SubscriptionItem {
  return {
    id: stripeId('si'),
    object: 'subscription_item',
    billing_thresholds: null,
    created: nowSeconds(),
    current_period_end: period.end,
    current_period_start: period.start,
    current_trial: null,
    discounts: [],
    metadata: {},
    plan: toPlan(price),
    price,
    quantity: 1,
    subscription,
    tax_rates: [],
  }
}
