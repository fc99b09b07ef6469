'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { authMessage } from '@/lib/auth/auth-message'
import { passwordField } from '@/lib/auth/fields'
import { requireUser } from '@/lib/auth/session'
import { validatedAction } from '@/lib/auth/validated-action'
import { createAuthClient } from '@/lib/supabase/auth'

export const resetPassword = validatedAction(
  z.object({ password: passwordField }),
  async ({ password }) => {
    await requireUser('/reset-password')
    const auth = await createAuthClient()
    const { error } = await auth.updateUser({ password })
    if (error) return { message: authMessage(error) }
    // Whoever knew the old password is signed out everywhere else.
    await auth.signOut({ scope: 'others' })
    redirect('/dashboard')
  },
  { rate: 'new_password' },
)
