import type { RealtimeChannel } from '@supabase/supabase-js'
import { loadClient } from '@/lib/supabase/load-client'

/** Changes often come in bursts: a payment, its subscription and its period within a moment. */
const SETTLE_MS = 200

/** The tables about money whose changes the browser hears of. */
export type FollowedTable =
  | 'payments'
  | 'subscriptions'
  | 'payment_events'
  | 'payment_refunds'
  | 'payment_disputes'

type Options = {
  tables: readonly FollowedTable[]
  /** Whose rows; without, those of everybody whom row-level security shows: an admin. */
  userId?: string
  /** How often to call back anyway. */
  pollMs: number
  /** From a change to the call; those in between are one with it, so that no stream of changes calls more often. */
  settleMs?: number
}

/**
 * Calls back whenever a row in one of the tables changes, until the returned function is called. Also
 * every `pollMs` and when the tab is shown, since a live connection may be late, blocked or lost, and replays nothing.
 */
export function followRows(
  { tables, userId, pollMs, settleMs = SETTLE_MS }: Options,
  onChange: () => void,
): () => void {
  let stopped = false
  let leave: (() => void) | undefined
  let settled: ReturnType<typeof setTimeout> | undefined

  function changed(): void {
    settled ??= setTimeout(() => {
      settled = undefined
      onChange()
    }, settleMs)
  }

  function listen(channel: RealtimeChannel): void {
    for (const table of tables) {
      const target = {
        event: '*',
        schema: 'public',
        table,
        ...(userId && { filter: `user_id=eq.${userId}` }),
      } as const
      channel.on('postgres_changes', target, changed)
    }
  }

  async function subscribe(): Promise<void> {
    const supabase = await loadClient()
    // Without this the first join may carry no token, and row-level security would hide everything.
    await supabase.realtime.setAuth()
    if (stopped) return
    const channel = supabase.channel(`${tables.join('+')}:${userId ?? 'all'}`, {
      config: { postgres_changes_options: { wait: true } },
    })
    leave = () => void supabase.removeChannel(channel)
    listen(channel)
    channel.subscribe((status) => {
      if (status === 'SUBSCRIBED') changed()
    })
  }
  // When it cannot connect, polling goes on.
  void subscribe().catch(() => undefined)

  const whenVisible = () => {
    if (document.visibilityState === 'visible') changed()
  }
  const poll = setInterval(whenVisible, pollMs)
  document.addEventListener('visibilitychange', whenVisible)

  return () => {
    stopped = true
    clearInterval(poll)
    clearTimeout(settled)
    document.removeEventListener('visibilitychange', whenVisible)
    leave?.()
  }
}
