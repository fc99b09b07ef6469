'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import { creditService, RefusedError } from '@/lib/credits'
import { logger } from '@/lib/logger'
import { saveAction } from './save-action'

const NUMBER = 'Enter a whole number of credits, from 1 to 1,000,000,000.'

const choice = z.union([
  z.object({ wanted: z.null() }).transform(() => null),
  z
    .object({
      wanted: z.literal('on'),
      threshold: z
        .string()
        .trim()
        .regex(/^\d{1,10}$/)
        .transform(Number)
        .pipe(z.int().min(1).max(1_000_000_000)),
    })
    .transform(({ threshold }) => threshold),
])

const wallet = z.string().min(1).max(40)

/**
 * Saves below which balance of the wallet `creditType` the signed-in user gets a mail: `threshold` of a form if `wanted`
 * is on, else never.
 */
export const setLowBalanceThreshold = saveAction(async (user, form) => {
  const chosen = choice.safeParse({ wanted: form.get('wanted'), threshold: form.get('threshold') })
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
