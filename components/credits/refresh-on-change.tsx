'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { creditManager } from '@/lib/credit-manager'

const SETTLE_MS = 250

/** Renders the page's server parts again when the user's balance changes, once a burst of changes has settled. */
export function RefreshOnChange({ userId }: { userId: string }) {
  const router = useRouter()
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const off = creditManager.on('balanceUpdated', (update) => {
      // The first balance of a tab is the one this page was rendered with.
      if (update.userId !== userId || update.previous === null) return
      clearTimeout(timer)
      timer = setTimeout(() => router.refresh(), SETTLE_MS)
    })
    return () => {
      off()
      clearTimeout(timer)
    }
  }, [router, userId])
  return null
}
