import { publicEnv } from '@/lib/env/public-env'
import { loadClient } from '@/lib/supabase/load-client'
import type { Followed } from './channel-of'

/** Changes often come in bursts: a payment, its subscription and its period within a moment. */
const SETTLE_MS = 200

type Options = Followed & {
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
  { pollMs, settleMs = SETTLE_MS, ...followed }: Options,
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

  async function follow(): Promise<void> {
    const [{ followChanges }, supabase] = await Promise.all([import('./follow-changes'), loadClient()])
    const live = { supabase, mode: publicEnv().liveMode }
    if (!stopped) leave = followChanges(live, followed, { onChange: changed, onReady: changed })
  }
  // When it cannot connect, polling goes on.
  void follow().catch(() => undefined)

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
