import { createClient } from '@/lib/supabase/browser'

const POLL_MS = 3_000

/**
 * Calls back whenever a payment of the user's changes, until the returned function is called. Also every few seconds
 * and when the tab is shown, since a live connection may be late, blocked or lost, and replays nothing.
 */
export function followPayments(userId: string, onChange: () => void): () => void {
  const supabase = createClient()
  const filter = `user_id=eq.${userId}`
  const channel = supabase
    .channel(`payments:${userId}`, { config: { postgres_changes_options: { wait: true } } })
    .on('postgres_changes', { event: '*', schema: 'public', table: 'payments', filter }, onChange)
  let stopped = false

  async function subscribe(): Promise<void> {
    // Without this the first join may carry no token, and row-level security would hide everything.
    await supabase.realtime.setAuth()
    if (stopped) return
    channel.subscribe((status) => {
      if (status === 'SUBSCRIBED') onChange()
    })
  }
  // When it cannot connect, polling goes on.
  void subscribe().catch(() => undefined)

  const whenVisible = () => {
    if (document.visibilityState === 'visible') onChange()
  }
  const poll = setInterval(whenVisible, POLL_MS)
  document.addEventListener('visibilitychange', whenVisible)

  return () => {
    stopped = true
    clearInterval(poll)
    document.removeEventListener('visibilitychange', whenVisible)
    void supabase.removeChannel(channel)
  }
}
