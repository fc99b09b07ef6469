import { findCard } from '../cards.ts'
import { findProduct } from '../catalog.ts'
import { SandboxError } from '../http.ts'
import { newId } from '../ids.ts'
import { emitPayment } from '../payments.ts'
import type { Sandbox } from '../sandbox.ts'
import { planFields } from '../shapes/subscription.ts'
import type { DodoPayments, SubscriptionRecord } from '../types.ts'
import { chargeSubscription } from './charge.ts'
import { emitSubscription } from './emit.ts'
import { startPeriod } from './interval.ts'
import { amountDue } from './proration.ts'
import { recurringPrice } from './start.ts'

export type PlanChange = Pick<
  DodoPayments.SubscriptionChangePlanParams,
  'product_id' | 'quantity' | 'proration_billing_mode' | 'effective_at' | 'metadata' | 'on_payment_failure'
> & { cancel_scheduled_change_plan?: boolean }

/**
 * Moves a subscription to another plan, now or when its period ends, and charges what the mode says.
 * Returns the payment, when there is something to pay.
 * @throws SandboxError 409 when it is not active or a change is scheduled, 422 when the plan does not fit
 */
export function changePlan(
  sandbox: Sandbox,
  record: SubscriptionRecord,
  change: PlanChange,
): DodoPayments.Payment | null {
  const { subscription } = record
  const { plan, amount } = planChange(sandbox, record, change)
  if (change.effective_at === 'next_billing_date') {
    subscription.scheduled_change = scheduledChange(subscription, plan.product, change.quantity)
    emitSubscription(sandbox, subscription, 'updated')
    return null
  }
  const outcome = findCard(record.cardNumber).renewal ?? { status: 'succeeded' }
  const fields = planFields(plan)
  const paid = amount > 0 ? { amount, outcome, metadata: change.metadata ?? undefined } : null
  if (paid?.outcome.status === 'failed' && change.on_payment_failure === 'prevent_change') {
    const payment = chargeSubscription(sandbox, record, paid)
    emitPayment(sandbox, payment)
    return payment
  }
  Object.assign(subscription, fields, { scheduled_change: null })
  const payment = paid && chargeSubscription(sandbox, record, paid)
  const failed = payment?.status === 'failed'
  const restarts = change.proration_billing_mode === 'full_immediately' && !failed
  if (restarts) startPeriod(record, new Date())
  if (failed) subscription.status = 'on_hold'
  emitSubscription(sandbox, subscription, 'plan_changed')
  if (payment) emitPayment(sandbox, payment)
  if (restarts) emitSubscription(sandbox, subscription, 'renewed')
  if (failed) emitSubscription(sandbox, subscription, 'on_hold')
  return payment
}

/**
 * The plan that a change leads to, and what it charges at once, in minor units.
 * @throws SandboxError as {@link changePlan}
 */
export function planChange(sandbox: Sandbox, { subscription }: SubscriptionRecord, change: PlanChange) {
  if (subscription.status !== 'active') {
    const message = `The plan of a subscription that is ${subscription.status} cannot change.`
    throw new SandboxError(409, 'SUBSCRIPTION_NOT_ACTIVE', message)
  }
  if (subscription.scheduled_change && !change.cancel_scheduled_change_plan) {
    throw new SandboxError(409, 'PLAN_CHANGE_SCHEDULED', 'Another change of plan is scheduled already.')
  }
  const plan = planOf(sandbox, subscription, change)
  const due = amountDue(subscription, plan.price.price * plan.quantity, change.proration_billing_mode)
  return { plan, amount: change.effective_at === 'next_billing_date' ? 0 : due }
}

/** Takes the plan that was scheduled for this moment, if there is one and it is still for sale. */
export function applyScheduledChange(sandbox: Sandbox, { subscription }: SubscriptionRecord): void {
  const change = subscription.scheduled_change
  if (!change) return
  subscription.scheduled_change = null
  try {
    Object.assign(subscription, planFields(planOf(sandbox, subscription, change)))
    emitSubscription(sandbox, subscription, 'plan_changed')
  } catch (error) {
    if (!(error instanceof SandboxError)) throw error
    // The plan was taken away meanwhile: the subscription goes on as it is.
    emitSubscription(sandbox, subscription, 'updated')
  }
}

/** @throws SandboxError 404 when nothing is scheduled */
export function dropScheduledChange(sandbox: Sandbox, { subscription }: SubscriptionRecord): void {
  if (!subscription.scheduled_change) {
    throw new SandboxError(404, 'PLAN_CHANGE_NOT_FOUND', 'No change of plan is scheduled.')
  }
  subscription.scheduled_change = null
  emitSubscription(sandbox, subscription, 'updated')
}

function planOf(
  sandbox: Sandbox,
  { currency }: DodoPayments.Subscription,
  { product_id, quantity }: { product_id: string; quantity: number },
) {
  const { product } = findProduct(sandbox, product_id)
  const price = recurringPrice(product)
  if (price.currency === currency) return { product, price, quantity }
  throw new SandboxError(422, 'CURRENCY_MISMATCH', `This subscription is paid in ${currency}.`)
}

function scheduledChange(
  subscription: DodoPayments.Subscription,
  product: DodoPayments.Product,
  quantity: number,
): DodoPayments.ScheduledPlanChange {
  return {
    id: newId('spc'),
    addons: [],
    created_at: new Date().toISOString(),
    effective_at: subscription.next_billing_date,
    product_id: product.product_id,
    product_name: product.name ?? null,
    product_description: product.description ?? null,
    quantity,
  }
}
