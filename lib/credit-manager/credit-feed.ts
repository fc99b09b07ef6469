import type { RealtimeChannel, SupabaseClient } from '@supabase/supabase-js'
import { z } from 'zod'
import type { Database } from '@/lib/supabase/database.types'
import type { BalanceRow, LiveStatus } from './types'

const FIRST_RETRY_MS = 500
const MAX_RETRY_MS = 30_000
const POLL_MS = 10_000

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

function waitAfter(failures: number): number {
  return Math.min(FIRST_RETRY_MS * 2 ** failures, MAX_RETRY_MS)
}

function toBalanceRow(row: z.output<typeof creditsRow>): BalanceRow {
  return { creditType: row.credit_type, balance: row.balance, version: row.version }
}

/**
 * Follows the user's own `credits` rows until the returned function is called. Realtime replays nothing, so the rows
 * are fetched again each time the subscription stands, when the tab is shown and when the network is back; while no
 * subscription stands, as where sockets are blocked, every 10 seconds.
 */
export function followCredits(
  supabase: SupabaseClient<Database>,
  userId: string,
  { onRow, onStatus }: FeedListener,
): () => void {
  let channel: RealtimeChannel | null = null
  let retry: ReturnType<typeof setTimeout> | undefined
  let failures = 0
  let subscribed = false
  let reread: ReturnType<typeof setTimeout> | undefined
  let misses = 0
  let stopped = false
  let polled = false

  function report(): void {
    const status = !navigator.onLine ? 'offline' : subscribed ? 'live' : polled ? 'polling' : 'reconnecting'
    onStatus(status, SENTENCES[status])
  }

  async function refetch(): Promise<void> {
    try {
      const rows = await fetchBalances(supabase, userId)
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

  async function open(): Promise<void> {
    // Without this the first join may carry no token, and row-level security would hide everything.
    await supabase.realtime.setAuth()
    if (stopped) return
    const opened = supabase
      .channel(`credits:${userId}`, { config: { postgres_changes_options: { wait: true } } })
      .on(
        'postgres_changes',
        { event: '*', schema: 'public', table: 'credits', filter: `user_id=eq.${userId}` },
        (change) => {
          const row = creditsRow.safeParse(change.new)
          if (row.success) onRow(toBalanceRow(row.data))
        },
      )
      // Servers that do not know `wait` tell by this message that changes flow from now on.
      .on('system', {}, ({ status }: { status?: string }) => {
        if (status === 'ok') void refetch()
      })
    channel = opened
    opened.subscribe((state) => {
      if (stopped || channel !== opened) return
      subscribed = state === 'SUBSCRIBED'
      if (subscribed) {
        failures = 0
        polled = false
        report()
        void refetch()
        return
      }
      report()
      // A dropped socket rejoins by itself; a channel that was closed, as by an expired token, never does.
      if (state === 'CLOSED') reopen()
    })
  }

  function reopen(): void {
    const ended = channel
    // Forgotten before it is removed: removing a closed channel tells at once that it is closed.
    channel = null
    if (ended) void supabase.removeChannel(ended)
    clearTimeout(retry)
    retry = setTimeout(() => void start(), waitAfter(failures++))
  }

  async function start(): Promise<void> {
    try {
      await open()
    } catch {
      if (!stopped) reopen()
    }
  }

  function onVisible(): void {
    if (document.visibilityState === 'visible') void refetch()
  }
  const onOnline = () => {
    report()
    void refetch()
  }
  const poll = setInterval(async () => {
    if (subscribed || document.visibilityState !== 'visible' || !navigator.onLine) return
    polled = true
    await refetch()
    if (!stopped && polled && !subscribed) report()
  }, POLL_MS)

  document.addEventListener('visibilitychange', onVisible)
  window.addEventListener('online', onOnline)
  window.addEventListener('offline', report)
  if (!navigator.onLine) report()
  void start()

  return () => {
    stopped = true
    clearTimeout(retry)
    clearTimeout(reread)
    clearInterval(poll)
    document.removeEventListener('visibilitychange', onVisible)
    window.removeEventListener('online', onOnline)
    window.removeEventListener('offline', report)
    if (channel) void supabase.removeChannel(channel)
  }
}
