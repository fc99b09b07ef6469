import 'server-only'
import { z } from 'zod'
import { logger } from '@/lib/logger'
import { providerOf } from '@/lib/payments'
import { ProviderRefusedError } from '@/lib/payments/errors'
import { isOver } from '@/lib/payments/ranks'
import { sendRefund } from '@/lib/payments/refunds/send-refund'
import { callFunction } from '@/lib/supabase/call-function'
import { applyAtOnce, askForSubscription } from './refresh-subscription'

const surplus = z.object({
  subscription_id: z.string(),
  provider: z.string(),
  provider_subscription_id: z.string(),
  ended: z.boolean(),
  kept: z.object({ provider: z.string(), id: z.string() }).nullable(),
})
type Surplus = z.output<typeof surplus>

const listed = z.object({ subscriptions: z.array(surplus) })
const confirmation = z.object({ confirmed: z.boolean() })
const requested = z.object({
  refunds: z.array(
    z.object({
      refund_id: z.string(),
      provider: z.string(),
      provider_payment_id: z.string(),
      reason: z.string(),
    }),
  ),
})

/**
 * Ends each plan that began while its owner had a live one, and refunds its charges. Safe to repeat and to run at the
 * same time: what was done is not done again, what failed is tried by the next run. Runs after each webhook and every
 * minute.
 */
export async function endSurplusSubscriptions(): Promise<{
  ok: true
  ended: number
  refunded: number
  failed: number
}> {
  const { subscriptions } = await callFunction('list_surplus_subscriptions', {}, listed)
  const counts = { ended: 0, refunded: 0, failed: 0 }
  for (const one of subscriptions) {
    try {
      if (!one.ended) {
        if (!(await isSurplusStill(one))) continue
        await end(one)
        counts.ended += 1
      }
      counts.refunded += await refundCharges(one)
    } catch (error) {
      counts.failed += 1
      logger.error('a surplus plan could not be ended and refunded', { ...one, error })
    }
  }
  return { ok: true, ...counts }
}

/** The plan it began beside may have ended unheard: then this one is the only one, and stays. */
async function isSurplusStill({ subscription_id, kept }: Surplus): Promise<boolean> {
  if (kept !== null && !(await askForSubscription(providerOf(kept.provider), kept.id))) {
    throw new Error('The provider did not tell how the plan stands that is kept.')
  }
  const args = { p_subscription_id: subscription_id }
  const { confirmed } = await callFunction('confirm_surplus', args, confirmation)
  return confirmed
}

async function end({ provider: providerId, provider_subscription_id: id }: Surplus): Promise<void> {
  const provider = providerOf(providerId)
  try {
    await applyAtOnce(provider, await provider.cancelNow(id))
    logger.info('surplus plan ended', { id })
  } catch (error) {
    // Refused is also one that is over already, as when its owner was faster.
    if (!(error instanceof ProviderRefusedError)) throw error
    const now = await askForSubscription(provider, id)
    if (!now || !isOver(now.status)) throw error
  }
}

/** Requested in the database first, so that however often this runs each charge is refunded once. */
async function refundCharges({ subscription_id }: Surplus): Promise<number> {
  const args = { p_subscription_id: subscription_id }
  const { refunds } = await callFunction('request_surplus_refunds', args, requested)
  for (const { refund_id, provider, provider_payment_id, reason } of refunds) {
    await sendRefund(provider, { paymentId: provider_payment_id, requestId: refund_id, reason, item: null })
  }
  return refunds.length
}
