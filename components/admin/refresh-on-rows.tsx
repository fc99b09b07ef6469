'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import type { AdminTable } from '@/lib/supabase/live/channel-of'
import { followRows } from '@/lib/supabase/live/follow-rows'

const POLL_MS = 30_000
/** However much goes on in the business, a page is read again this often at most. */
const SETTLE_MS = 1_500

type RefreshOnRowsProps = {
  tables: readonly AdminTable[]
  /** From a change to the refresh, in ms: longer for a page that costs much to read. */
  settleMs?: number
}

/** Renders the page's server parts again when a row of anybody's in one of the tables changes, or was missed. */
export function RefreshOnRows({ tables, settleMs = SETTLE_MS }: RefreshOnRowsProps) {
  const router = useRouter()
  const names = tables.join()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same tables in another array are the same
  useEffect(
    () => followRows({ tables, pollMs: POLL_MS, settleMs }, () => router.refresh()),
    [router, names, settleMs],
  )
  return null
}
