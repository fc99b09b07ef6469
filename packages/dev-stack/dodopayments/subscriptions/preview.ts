import type { Sandbox } from '../sandbox.ts'
import { planFields } from '../shapes/subscription.ts'
import type { DodoPayments, SubscriptionRecord } from '../types.ts'
import { type PlanChange, planChange } from './change-plan.ts'
import { startPeriod } from './interval.ts'

/**
 * What a change of plan would charge and make of the subscription; nothing happens.
 * @throws SandboxError as `changePlan`
 */
export function previewPlanChange(
  sandbox: Sandbox,
  record: SubscriptionRecord,
  change: PlanChange,
): DodoPayments.SubscriptionPreviewChangePlanResponse {
  const { plan, amount } = planChange(sandbox, record, change)
  const { currency } = record.subscription
  const isLater = change.effective_at === 'next_billing_date'
  const newPlan = { ...record.subscription, ...planFields(plan), scheduled_change: null }
  if (!isLater && change.proration_billing_mode === 'full_immediately')
    startPeriod({ ...record, subscription: newPlan }, new Date())
  const full = plan.price.price * plan.quantity
  return {
    immediate_charge: {
      effective_at: isLater ? record.subscription.next_billing_date : new Date().toISOString(),
      line_items:
        amount === 0
          ? []
          : [
              {
                type: 'subscription',
                id: record.subscription.subscription_id,
                product_id: plan.product.product_id,
                name: plan.product.name ?? null,
                description: plan.product.description ?? null,
                currency,
                quantity: plan.quantity,
                unit_price: plan.price.price,
                proration_factor: amount / full,
                tax: 0,
                tax_rate: 0,
                tax_inclusive: plan.price.tax_inclusive ?? false,
              },
            ],
      summary: {
        currency,
        customer_credits: 0,
        settlement_amount: amount,
        settlement_currency: currency,
        settlement_tax: 0,
        tax: 0,
        total_amount: amount,
      },
    },
    new_plan: newPlan,
  }
}
