'use client'

import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { toast } from 'sonner'
import { useFormat } from '@/components/reader/format-provider'
import { Button } from '@/components/ui/button'
import { runStore, useCreditTypes } from '@/lib/credit-manager'
import { findCreditType } from '@/lib/credit-type'
import { readFieldErrors } from './read-field-errors'
import { toastCreditError } from './toast-credit-error'
import { followDrafts, forgetDraft } from './tool-drafts'

/** Says how each run of this tab ended, on whatever page the reader is, and leads back to its result. */
export function RunToasts({ userId }: { userId: string }) {
  const router = useRouter() // #only payments
  const types = useCreditTypes()
  const format = useFormat()
  useEffect(() => followDrafts(userId), [userId])
  useEffect(() => {
    runStore.keepOnly(userId)
    return runStore.onEnd((end) => {
      if (end.userId !== userId) return
      if (!end.ok) {
        if (end.watched && isToldAtFields(end.error)) return
        toastCreditError(
          format,
          end.error,
          types,
          // #region payments
          (creditType) => router.push(`/buy-credits?wallet=${creditType}`),
          // #endregion
        )
        return
      }
      forgetDraft(userId, end.page)
      const spent = `${format.countCredits(end.creditsUsed, findCreditType(types, end.creditType))} spent`
      if (end.watched) {
        toast.success(`Done: ${spent}`)
      } else {
        toast.success(`Your run has finished: ${spent}`, { action: <ResultLink page={end.page} /> })
      }
    })
  }, [
    router, // #only payments
    types,
    format,
    userId,
  ])
  return null
}

function ResultLink({ page }: { page: string }) {
  return (
    <Button asChild variant="outline" size="sm" className="ml-auto">
      <Link href={{ pathname: page }}>See result</Link>
    </Button>
  )
}

/** Whether the form that is on screen says all that is wrong, each at its field. */
function isToldAtFields(error: unknown): boolean {
  const names = Object.keys(readFieldErrors(error))
  return (
    names.length > 0 &&
    names.every((name) => document.querySelector(`[data-field="${CSS.escape(name)}"]`) !== null)
  )
}
