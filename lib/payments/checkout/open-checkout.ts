import 'server-only'
import { setTimeout } from 'node:timers/promises'
import { z } from 'zod'
import { logger } from '@/lib/logger'
import { paymentProvider } from '@/lib/payments'
import { CheckoutOpeningError } from '@/lib/payments/errors'
import { recordEvent } from '@/lib/payments/events/store-event'
import { callFunction } from '@/lib/supabase/call-function'
import { type Caller, callerArgument } from '@/lib/supabase/caller'

export type Checkout = { checkoutUrl: string; sessionId: string; paymentId: string }

/** A checkout that is for the caller to open, and the days of the trial that its buyer may have. */
type Claim = { trialDays: number }

const open = z.object({
  state: z.literal('open'),
  url: z.string(),
  payment_id: z.string(),
  checkout_session_id: z.string(),
  new: z.boolean(),
})
const begun = z.discriminatedUnion('state', [
  open,
  z.object({ state: z.literal('claimed'), trial_days: z.number() }),
  z.object({ state: z.literal('opening') }),
])
const abandoned = z.object({ changed: z.boolean() })

/** How long to wait, in milliseconds, for a checkout that another request is opening. */
const PAUSES_MS = [100, 200, 400, 800, 1500, 3000, 5000]

/** Whose checkout for what, as the functions of the database take it. */
const claimOf = (userId: string, packageId: string) => ({
  p_user_id: userId,
  p_package_id: packageId,
  p_provider: paymentProvider.id,
})

/**
 * The checkout that can still be paid, or the claim of the caller to open one, which then no other call does until it is
 * recorded or abandoned. @throws CheckoutOpeningError, or RefusedError as `createCheckout`
 */
export async function findOpenCheckout(
  user: { id: string } & Caller,
  packageId: string,
): Promise<Checkout | Claim> {
  const claim = { ...claimOf(user.id, packageId), p_caller: callerArgument(user) }
  for (const pause of [...PAUSES_MS, null]) {
    const answer = await callFunction('begin_checkout', claim, begun)
    if (answer.state === 'claimed') return { trialDays: answer.trial_days }
    if (answer.state === 'open') {
      if (answer.new || !(await isUsed(answer))) {
        const { url, checkout_session_id, payment_id } = answer
        return { checkoutUrl: url, sessionId: checkout_session_id, paymentId: payment_id }
      }
    } else if (pause !== null) await setTimeout(pause)
  }
  throw new CheckoutOpeningError()
}

/** Gives up a checkout that was to be opened. */
export async function abandonCheckout(userId: string, packageId: string): Promise<void> {
  await callFunction('abandon_checkout', claimOf(userId, packageId), abandoned)
}

/** Whether a checkout was paid, or tried to, unheard. Then it is heard now, so that the database opens another one. */
async function isUsed({ checkout_session_id }: z.output<typeof open>): Promise<boolean> {
  try {
    const payment = await paymentProvider.findPaymentOfCheckout(checkout_session_id)
    if (!payment) return false
    await recordEvent(paymentProvider, 'api', payment)
    return true
  } catch (error) {
    logger.error('an open checkout could not be looked up', { checkout_session_id, error })
    return false
  }
}
