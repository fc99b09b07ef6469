'use server'

import { headers } from 'next/headers'
import { z } from 'zod'
import { countAttempt } from '@/lib/rate-limits/count-attempt'
import { checkPassword } from './check-password'
import { currentPasswordField, passwordField } from './fields'
import type { FormState } from './form-state'
import { requireUser } from './session'
import { setPassword } from './set-password'
import { validatedAction } from './validated-action'

const schema = z.object({ current_password: currentPasswordField, password: passwordField })

/** Changes the password of who is signed in and knows the current one. Other devices are signed out. */
export const changePassword = validatedAction(schema, async (input): Promise<FormState> => {
  const { current_password: current, password } = input
  const user = await requireUser('/settings')
  await countAttempt('change_sign_in', { headers: await headers(), userId: user.id })
  const wrong = await checkPassword(user.email, current)
  if (wrong) return { errors: { current_password: wrong } }
  const problem = await setPassword(password, current)
  return problem ? { errors: { password: problem } } : { isDone: true }
})
