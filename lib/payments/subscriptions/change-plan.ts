import 'server-only'
import { z } from 'zod'
import { logger } from '@/lib/logger'
import { providerOf } from '@/lib/payments'
import {
  PaymentProviderError,
  PlanChangeNotPaidError,
  PlanConflictError,
  ProviderRefusedError,
  UnconfirmedError,
} from '@/lib/payments/errors'
import type { SubscriptionUpdate } from '@/lib/payments/events/payment-event'
import type { PaymentProvider, PlanChange } from '@/lib/payments/provider'
import { callFunction } from '@/lib/supabase/call-function'
import { type CurrentSubscription, readCurrentSubscription, type Subscriber } from './current-subscription'
import { findPlanChange, samePlan } from './plan-change-target'
import { applyAtOnce, askForSubscription } from './refresh-subscription'

/** `pending`: it was asked for, and its payment is not decided yet. */
export type PlanChangeState = 'changed' | 'scheduled' | 'pending'

const begun = z.object({ begun: z.boolean() })
const ended = z.object({ ok: z.literal(true) })

/**
 * Changes a user's own plan: at once to a dearer one, else when the period ends. Asked twice it happens once.
 * @throws UnconfirmedError when it is not known whether it was changed; after any other error it was not
 */
export async function changePlan(user: Subscriber, packageId: string): Promise<PlanChangeState> {
  const userId = user.id
  const subscription = await readCurrentSubscription(user)
  const change = await findPlanChange(subscription, packageId)
  // 1. One at a time: two requests would be two charges.
  await begin(userId, subscription)
  try {
    const state = await ask(providerOf(subscription.provider), change)
    logger.info('plan change', { userId, packageId, when: change.when, state })
    // One that waits for its payment is still under way.
    if (state !== 'pending') await end(subscription)
    return state
  } catch (error) {
    logger.error('plan not changed', { userId, packageId, error })
    if (!(error instanceof UnconfirmedError)) await end(subscription)
    throw error
  }
}

async function ask(provider: PaymentProvider, change: PlanChange): Promise<PlanChangeState> {
  // 2. What the database knows may be behind: a change before this one may have come true unheard.
  const before = await askForSubscription(provider, change.subscriptionId)
  if (!before) throw notChanged(new Error('The provider did not tell the status of the subscription.'))
  if (stateOf(before, change) !== 'pending') throw samePlan()
  if (change.when === 'now' && !canBeginPeriod(before)) throw justBegan()

  // 3. Ask for it.
  let paymentId: string | null = null
  let unanswered: unknown = null
  try {
    paymentId = (await provider.changePlan(change)).paymentId
  } catch (error) {
    if (error instanceof PlanChangeNotPaidError) throw error
    if (error instanceof ProviderRefusedError) throw notChanged(error)
    unanswered = error
  }

  // 4. What came of it?
  const after = await askForSubscription(provider, change.subscriptionId)
  const state = after ? stateOf(after, change) : 'pending'
  if (state !== 'pending') return state
  if (unanswered) throw new UnconfirmedError(unanswered)
  await assertNotFailed(provider, paymentId)
  return state
}

/** Periods are told apart by the second they begin in: two in one second would be paid twice and granted once. */
function canBeginPeriod({ period_start }: SubscriptionUpdate): boolean {
  return toSeconds(Date.now()) > toSeconds(Date.parse(period_start))
}

const toSeconds = (milliseconds: number) => Math.floor(milliseconds / 1000)

function stateOf(event: SubscriptionUpdate, { productId }: PlanChange): PlanChangeState {
  if (event.product_id === productId) return 'changed'
  return event.scheduled_product_id === productId ? 'scheduled' : 'pending'
}

/** @throws PlanChangeNotPaidError when the payment for a change has failed; nothing while that is not known */
async function assertNotFailed(provider: PaymentProvider, paymentId: string | null): Promise<void> {
  if (!paymentId) return
  const payment = await provider.findPayment(paymentId).catch(() => null)
  if (!payment) return
  await applyAtOnce(provider, payment)
  if (payment.status === 'failed' || payment.status === 'cancelled') {
    throw new PlanChangeNotPaidError(payment.failure_reason)
  }
}

async function begin(userId: string, { id, package_id }: CurrentSubscription): Promise<void> {
  const claim = { p_user_id: userId, p_subscription_id: id, p_from_package_id: package_id }
  if ((await callFunction('begin_plan_change', claim, begun)).begun) return
  throw new PlanConflictError(
    'A change of your plan is under way. Reload the page in a minute to see how it ended.',
    'change_in_flight',
  )
}

async function end({ id }: CurrentSubscription): Promise<void> {
  await callFunction('end_plan_change', { p_subscription_id: id }, ended)
}

function justBegan(): PlanConflictError {
  return new PlanConflictError(
    'The current period of your plan has only just begun. Nothing was changed; please try again in a moment.',
    'period_just_began',
  )
}

function notChanged(cause: unknown): PaymentProviderError {
  return new PaymentProviderError(
    cause,
    'The payment provider did not accept the change. Nothing was changed or charged; please try again in a moment.',
  )
}
