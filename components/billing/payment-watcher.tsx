'use client'

import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { followRows } from '@/lib/supabase/live/follow-rows'
import { checkWhileWaiting } from './check-while-waiting'

const LATE_MS = 45_000
const FOLLOWED = { tables: ['payments', 'subscriptions'], pollMs: 3_000 } as const

/**
 * While it is on a page, renders that page again whenever the user's payments or plan change. When that takes long it
 * has the payment provider asked, and says so.
 */
export function PaymentWatcher({ userId }: { userId: string }) {
  const router = useRouter()
  const [late, setLate] = useState(false)

  useEffect(() => followRows({ ...FOLLOWED, userId }, () => router.refresh()), [userId, router])
  useEffect(() => checkWhileWaiting(() => router.refresh()), [router])
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), LATE_MS)
    return () => clearTimeout(timer)
  }, [])

  if (!late) return null
  return (
    <p className="text-muted-foreground text-sm">
      This takes longer than usual. There is nothing to repeat: if you were charged, the credits arrive by
      themselves, even when this page is closed. They will be among your{' '}
      <Link
        href="/transactions"
        className="font-medium text-foreground underline underline-offset-4 hover:no-underline"
      >
        transactions
      </Link>
      .
    </p>
  )
}
