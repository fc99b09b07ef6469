'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { nextField, passwordField } from './fields'
import { isFreshSession } from './fresh-session'
import { requireUser } from './session'
import { setPassword } from './set-password'
import { validatedAction } from './validated-action'

const schema = z.object({ password: passwordField, next: nextField })

/** Sets the password of who has just signed in, by a mailed link as a rule, and goes on to `next`. */
export const choosePassword = validatedAction(
  schema,
  async ({ password, next }) => {
    const user = await requireUser('/reset-password')
    if (!(await isFreshSession(user))) redirect('/link-expired?next=/reset-password')
    const problem = await setPassword(password)
    if (problem) return { message: problem }
    redirect(next)
  },
  { rate: 'new_password' },
)
