'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import { logger } from '@/lib/logger'
import { createClient } from '@/lib/supabase/server'
import { saveAction } from './save-action'

const nameSchema = z.string().trim().max(120, 'A name may have up to 120 characters.')

/** Saves the signed-in user's name, from the field `name` of a form. */
export const rename = saveAction(async (user, form) => {
  const name = nameSchema.safeParse(form.get('name'))
  if (!name.success) return { status: 'refused', message: name.error.issues[0]?.message ?? 'Enter a name.' }

  const supabase = await createClient()
  const { error } = await supabase.from('profiles').update({ name: name.data }).eq('id', user.id)
  if (error) {
    logger.error('a name could not be saved', { error: error.message })
    return { status: 'refused', message: 'The name could not be saved. Please try again.' }
  }
  revalidatePath('/', 'layout')
  return { status: 'saved' }
})
