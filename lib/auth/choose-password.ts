'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { logger } from '@/lib/logger' // #only api
import { callFunction } from '@/lib/supabase/call-function' // #only api
import { callerArgument } from '@/lib/supabase/caller' // #only api
import { nextField, passwordField } from './fields'
import { isFreshSession } from './fresh-session'
import { requireUser } from './session'
import { setPassword } from './set-password'
import { validatedAction } from './validated-action'

const schema = z.object({
  password: passwordField,
  next: nextField,
  revokeKeys: z.literal('on').optional(), // #only api
})

/** Sets the password of who has just signed in, by a mailed link as a rule, and goes on to `next`. */
export const choosePassword = validatedAction(
  schema,
  async (input) => {
    const user = await requireUser('/reset-password')
    if (!(await isFreshSession(user))) redirect('/link-expired?next=/reset-password')
    const problem = await setPassword(input.password)
    if (problem) return { message: problem }
    // #region api
    if (input.revokeKeys && !(await revokeKeys())) return { message: KEYS_NOT_REVOKED }
    // #endregion
    redirect(input.next)
  },
  { rate: 'new_password' },
)

// #region api
const KEYS_NOT_REVOKED =
  'Your password is changed, but your API keys could not be revoked. Save again, or revoke them in the settings.'

/** Whether the keys of the API, which go on under a new password, are revoked. */
async function revokeKeys(): Promise<boolean> {
  try {
    const user = await requireUser('/reset-password')
    const args = { p_user_id: user.id, p_caller: callerArgument(user) }
    await callFunction('revoke_api_keys', args, z.object({ revoked: z.int() }))
    return true
  } catch (error) {
    logger.error('API keys could not be revoked', { error })
    return false
  }
}
// #endregion
