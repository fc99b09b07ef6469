import { z } from 'zod'
import type { DodoPayments } from '../types.ts'
import { metadataInput } from './inputs.ts'

export const changePlanInput = z.strictObject({
  product_id: z.string(),
  quantity: z.int().min(1),
  proration_billing_mode: z.enum([
    'prorated_immediately',
    'full_immediately',
    'difference_immediately',
    'do_not_bill',
  ]),
  effective_at: z.enum(['immediately', 'next_billing_date']).optional(),
  metadata: metadataInput.nullish(),
  on_payment_failure: z.enum(['prevent_change', 'apply_change']).nullish(),
  cancel_scheduled_change_plan: z.boolean().optional(),
})

/** The SDK sends what it calls `payment_method` as the body itself. */
export const paymentMethodInput = z.strictObject({
  type: z.literal('new', 'The sandbox keeps no payment methods: send the type “new”.'),
  return_url: z.url().nullish(),
})

const billingInput = z.strictObject({
  country: z.custom<DodoPayments.CountryCode>(
    (value) => typeof value === 'string' && /^[A-Z]{2}$/.test(value),
    'Enter a two-letter country.',
  ),
  city: z.string().nullish(),
  state: z.string().nullish(),
  street: z.string().nullish(),
  zipcode: z.string().nullish(),
})

export const subscriptionPatchInput = z.strictObject({
  status: z.enum(['cancelled', 'paused', 'active']).nullish(),
  cancel_at_next_billing_date: z.boolean().nullish(),
  next_billing_date: z.iso.datetime({ offset: true }).nullish(),
  metadata: metadataInput.nullish(),
  billing: billingInput.nullish(),
  tax_id: z.string().nullish(),
  customer_business_name: z.string().nullish(),
  cancellation_comment: z.string().nullish(),
  cancellation_feedback: z
    .enum([
      'too_expensive',
      'missing_features',
      'switched_service',
      'unused',
      'customer_service',
      'low_quality',
      'too_complex',
      'other',
    ])
    .nullish(),
  // The SDK still knows the field, and says that it always fails.
  pause: z.null('`pause` is gone: set `status` to `paused`, and to `active` to go on.').optional(),
})

export type SubscriptionPatch = z.output<typeof subscriptionPatchInput>
