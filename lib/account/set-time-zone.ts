'use server'

import { revalidatePath } from 'next/cache'
import { logger } from '@/lib/logger'
import { parseTimeZone } from '@/lib/reader/reader-input'
import { createClient } from '@/lib/supabase/server'
import { saveAction } from './save-action'

/** Saves in which zone the signed-in user reads times, from the field `time_zone`: empty for that of the browser. */
export const setTimeZone = saveAction(async (user, form) => {
  const chosen = form.get('time_zone')
  const zone = parseTimeZone(typeof chosen === 'string' ? chosen : null)
  if (chosen !== '' && zone === null) return { status: 'refused', message: 'Choose a time zone of the list.' }

  const supabase = await createClient()
  const { error } = await supabase.from('profiles').update({ time_zone: zone }).eq('id', user.id)
  if (error) {
    logger.error('a time zone could not be saved', { error: error.message })
    return { status: 'refused', message: 'The time zone could not be saved. Please try again.' }
  }
  revalidatePath('/', 'layout')
  return { status: 'saved' }
})
