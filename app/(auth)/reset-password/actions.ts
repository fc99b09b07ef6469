'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { authMessage } from '@/lib/auth/auth-message'
import { passwordField } from '@/lib/auth/fields'
import { requireUser } from '@/lib/auth/session'
import { validatedAction } from '@/lib/auth/validated-action'
import { createClient } from '@/lib/supabase/server'

export const resetPassword = validatedAction(z.object({ password: passwordField }), async ({ password }) => {
  await requireUser('/reset-password')
  const supabase = await createClient()
  const { error } = await supabase.auth.updateUser({ password })
  if (error) return { message: authMessage(error) }
  // Whoever knew the old password is signed out everywhere else.
  await supabase.auth.signOut({ scope: 'others' })
  redirect('/dashboard')
})
