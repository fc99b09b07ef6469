'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { type FollowedTable, followRows } from '@/lib/supabase/follow-rows'

const POLL_MS = 30_000
/** However much goes on in the business, a page is read again this often at most. */
const SETTLE_MS = 1_500

/** Renders the page's server parts again when a row of anybody's in one of the tables changes, or was missed. */
export function RefreshOnRows({ tables }: { tables: readonly FollowedTable[] }) {
  const router = useRouter()
  const names = tables.join()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same tables in another array are the same
  useEffect(
    () => followRows({ tables, pollMs: POLL_MS, settleMs: SETTLE_MS }, () => router.refresh()),
    [router, names],
  )
  return null
}
