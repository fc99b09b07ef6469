import 'server-only'
import { z } from 'zod'
import type { CurrentUser } from '@/lib/auth/session'
import { forgetCustomer } from '@/lib/payments/checkout/forget-customer' // #only payments
import { cancelPlanInTheWay } from '@/lib/payments/subscriptions/cancel-plan-in-the-way' // #only payments
import { callFunction } from '@/lib/supabase/call-function'
import { callerArgument } from '@/lib/supabase/caller'

type Closing = {
  userId: string
  /** What was typed: the address of the account. */
  confirmation: string
  /** Its user, or an admin, who gives a reason. */
  by: CurrentUser
  reason?: string
}

const closed = z.object({ replayed: z.boolean() })

/**
 * Closes an account for good: cancels its plan, ends its sessions, frees its address, and blanks all that names the
 * person, here and at the payment provider. What was bought and spent stays in the ledger. Asked twice it happens once.
 * @throws RefusedError `confirmation_mismatch`, `account_of_admin`, `run_in_flight`, `session_ended`, `forbidden`, or what
 *   cancelling the plan throws; then the account is as it was, but for a plan that was cancelled
 */
export async function closeAccount(closing: Closing): Promise<void> {
  await close(closing)
    // #region payments
    .catch(async (error) => {
      await cancelPlanInTheWay(error, closing.userId)
      await close(closing)
    })
  await forgetCustomer(closing.userId)
  // #endregion
}

async function close({ userId, confirmation, by, reason }: Closing): Promise<void> {
  const args = {
    p_user_id: userId,
    p_confirmation: confirmation,
    p_actor_id: by.id,
    p_caller: callerArgument(by),
    p_reason: reason,
  }
  await callFunction('close_account', args, closed)
}
