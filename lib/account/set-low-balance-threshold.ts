'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import { creditService, RefusedError } from '@/lib/credits'
import { logger } from '@/lib/logger'
import { saveAction } from './save-action'
import { THRESHOLD_FIELDS } from './threshold-fields'

const NUMBER = 'Enter whole numbers of credits, from 1 to 1,000,000,000, or leave a field empty.'

const thresholds = z
  .array(z.string().trim())
  .transform((texts) => texts.filter(Boolean))
  .pipe(
    z.array(
      z
        .string()
        .regex(/^\d{1,10}$/)
        .transform(Number)
        .pipe(z.int().min(1).max(1_000_000_000)),
    ),
  )

const wallet = z.string().min(1).max(40)

/**
 * Saves below which balances of the wallet `creditType` the signed-in user gets a mail: the fields `threshold`,
 * `threshold2` and `threshold3` of a form, each a number or empty.
 */
export const setLowBalanceThreshold = saveAction(async (user, form) => {
  const chosen = thresholds.safeParse(THRESHOLD_FIELDS.map((name) => form.get(name) ?? ''))
  if (!chosen.success) return { status: 'refused', message: NUMBER }
  const creditType = wallet.safeParse(form.get('creditType'))
  if (!creditType.success) return { status: 'refused', message: 'Load this page again, and choose a wallet.' }
  try {
    await creditService.setLowBalanceThreshold(user.id, chosen.data, creditType.data)
  } catch (error) {
    if (error instanceof RefusedError) return { status: 'refused', message: error.message }
    logger.error('a threshold could not be saved', { error })
    return { status: 'refused', message: 'Your choice could not be saved. Please try again.' }
  }
  revalidatePath('/settings')
  return { status: 'saved' }
})
