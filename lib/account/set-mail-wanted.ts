'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import { logger } from '@/lib/logger'
import { mailChoice } from '@/lib/mail/mail-choices'
import { callFunction } from '@/lib/supabase/call-function'
import { RefusedError } from '@/lib/supabase/refusals'
import { saveAction } from './save-action'

const fields = z.object({ choice: mailChoice, wanted: z.enum(['on', 'off']) })

/** Switches a kind of mail on or off for the signed-in user: `choice` and `wanted` (`on`, `off`) of a form. */
export const setMailWanted = saveAction(async (user, form) => {
  const chosen = fields.safeParse({ choice: form.get('choice'), wanted: form.get('wanted') })
  if (!chosen.success) return { status: 'refused', message: 'Load this page again, and choose a mail.' }
  const { choice, wanted } = chosen.data
  try {
    const args = { p_user_id: user.id, p_choice: choice, p_wanted: wanted === 'on' }
    await callFunction('set_mail_wanted', args, z.object({ ok: z.literal(true) }))
  } catch (error) {
    if (error instanceof RefusedError) return { status: 'refused', message: error.message }
    logger.error('a choice of mails could not be saved', { error })
    return { status: 'refused', message: 'Your choice could not be saved. Please try again.' }
  }
  revalidatePath('/settings')
  return { status: 'saved' }
})
