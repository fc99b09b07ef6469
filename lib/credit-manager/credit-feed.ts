import type { SupabaseClient } from '@supabase/supabase-js'
import { z } from 'zod'
import type { Database } from '@/lib/supabase/database.types'
import type { Live } from '@/lib/supabase/live/channel-of'
import { followChanges, waitAfter } from '@/lib/supabase/live/follow-changes'
import type { BalanceRow, LiveStatus } from './types'

const POLL_MS = 10_000
/** Nobody tells of a broadcast that was lost on its way: this is how long a balance may be out of date. */
const REREAD_MS = 60_000

const SENTENCES = {
  live: null,
  reconnecting: 'The live connection was lost. Reconnecting.',
  polling: 'Live updates are blocked here. Your balance is read again every 10 seconds.',
  offline: 'You are offline. Your balance may have changed.',
} as const

const creditsRow = z.object({ credit_type: z.string(), balance: z.int(), version: z.int() })

export type FeedListener = {
  onRow: (row: BalanceRow) => void
  onStatus: (status: LiveStatus, error: string | null) => void
}

/** Reads every wallet of the user through row-level security. Throws when it cannot. */
export async function fetchBalances(
  supabase: SupabaseClient<Database>,
  userId: string,
): Promise<BalanceRow[]> {
  const { data, error } = await supabase
    .from('credits')
    .select('credit_type, balance, version')
    .eq('user_id', userId)
  if (error) throw new Error(error.message)
  return data.map(toBalanceRow)
}

function toBalanceRow(row: z.output<typeof creditsRow>): BalanceRow {
  return { creditType: row.credit_type, balance: row.balance, version: row.version }
}

/**
 * Follows the user's own `credits` rows until the returned function is called. Realtime replays nothing, so the rows
 * are fetched again each time the subscription stands, when the tab is shown and when the network is back; while no
 * subscription stands, as where sockets are blocked, every 10 seconds; by broadcast every minute in any case.
 */
export function followCredits(live: Live, userId: string, { onRow, onStatus }: FeedListener): () => void {
  let subscribed = false
  let reread: ReturnType<typeof setTimeout> | undefined
  let misses = 0
  let readAt = 0
  let stopped = false
  let polled = false

  function report(): void {
    const status = !navigator.onLine ? 'offline' : subscribed ? 'live' : polled ? 'polling' : 'reconnecting'
    onStatus(status, SENTENCES[status])
  }

  async function refetch(): Promise<void> {
    readAt = Date.now()
    try {
      const rows = await fetchBalances(live.supabase, userId)
      if (stopped) return
      rows.forEach(onRow)
      clearTimeout(reread)
      misses = 0
      if (subscribed) report()
    } catch {
      if (stopped) return
      polled = false
      if (!navigator.onLine) return report()
      onStatus('reconnecting', 'Your balance could not be refreshed. Trying again.')
      clearTimeout(reread)
      reread = setTimeout(() => void refetch(), waitAfter(misses++))
    }
  }

  function isDue(): boolean {
    if (document.visibilityState !== 'visible' || !navigator.onLine) return false
    return !subscribed || (live.mode === 'broadcast' && Date.now() - readAt >= REREAD_MS)
  }

  function onVisible(): void {
    if (document.visibilityState === 'visible') void refetch()
  }
  const onOnline = () => {
    report()
    void refetch()
  }
  const poll = setInterval(async () => {
    if (!isDue()) return
    polled = !subscribed
    await refetch()
    if (!stopped && polled && !subscribed) report()
  }, POLL_MS)

  document.addEventListener('visibilitychange', onVisible)
  window.addEventListener('online', onOnline)
  window.addEventListener('offline', report)
  if (!navigator.onLine) report()
  const unfollow = followChanges(
    live,
    { tables: ['credits'], userId },
    {
      onChange({ record }) {
        const row = creditsRow.safeParse(record)
        if (row.success) onRow(toBalanceRow(row.data))
      },
      onReady: () => void refetch(),
      onStatus(isSubscribed) {
        subscribed = isSubscribed
        if (subscribed) polled = false
        report()
      },
    },
  )

  return () => {
    stopped = true
    unfollow()
    clearTimeout(reread)
    clearInterval(poll)
    document.removeEventListener('visibilitychange', onVisible)
    window.removeEventListener('online', onOnline)
    window.removeEventListener('offline', report)
  }
}
