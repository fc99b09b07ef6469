'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { createAuthClient } from '@/lib/supabase/auth'
import { authMessage } from './auth-message'
import { nextField, passwordField } from './fields'
import { requireUser } from './session'
import { validatedAction } from './validated-action'

const schema = z.object({ password: passwordField, next: nextField })

/** Sets the password of who is signed in, and goes on to `next`. */
export const choosePassword = validatedAction(
  schema,
  async ({ password, next }) => {
    await requireUser('/reset-password')
    const auth = await createAuthClient()
    const { error } = await auth.updateUser({ password })
    if (error) return { message: authMessage(error) }
    // Whoever knew the old password is signed out everywhere else.
    await auth.signOut({ scope: 'others' })
    redirect(next)
  },
  { rate: 'new_password' },
)
