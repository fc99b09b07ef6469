'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { type BalanceRow, creditManager } from '@/lib/credit-manager'

const SETTLE_MS = 250

type Props = {
  userId: string
  /** Of which versions of the wallets the server has rendered the page. */
  rendered: readonly Pick<BalanceRow, 'creditType' | 'version'>[]
}

/** The browser's part of `RefreshOnChange`. */
export function RefreshOnNewer({ userId, rendered }: Props) {
  const router = useRouter()
  const [first] = useState(rendered)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const refreshSoon = () => {
      clearTimeout(timer)
      timer = setTimeout(() => router.refresh(), SETTLE_MS)
    }
    // A change that was heard of before this page could listen, or while the browser kept it to go back to.
    if (first.some(({ creditType, version }) => creditManager.knowsNewer(userId, creditType, version)))
      refreshSoon()
    const off = creditManager.on('balanceUpdated', (update) => {
      // The first balance of a tab is the one this page was rendered with.
      if (update.userId === userId && update.previous !== null) refreshSoon()
    })
    return () => {
      off()
      clearTimeout(timer)
    }
  }, [router, userId, first])
  return null
}
