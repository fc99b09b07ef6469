'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { followRows } from '@/lib/supabase/live/follow-rows'

const FOLLOWED = { tables: ['payments', 'subscriptions'], pollMs: 30_000 } as const

/** Renders the page it is on again whenever the user's plan or payments change. */
export function BillingWatcher({ userId }: { userId: string }) {
  const router = useRouter()
  useEffect(() => followRows({ ...FOLLOWED, userId }, () => router.refresh()), [userId, router])
  return null
}
